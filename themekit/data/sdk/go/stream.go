package sdk

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Stream are the events that an operation sends while it runs:
//
//	defer stream.Close()
//	for stream.Next() {
//		use(stream.Event())
//	}
//	return stream.Err()
//
// The request is sent by the first Next. A stream belongs to one goroutine, only
// Close can be called from another one.
type Stream[T any] struct {
	ctx     context.Context
	stop    context.CancelFunc
	caller  *caller
	make    func() *call
	isLines bool
	resumes bool

	answer  *http.Response
	done    context.CancelFunc
	reader  *bufio.Reader
	skipsLF bool
	isBegun bool
	failed  int
	pause   time.Duration

	event  T
	kind   string
	id     string
	err    error
	isOver bool
}

func newStream[T any](ctx context.Context, c *caller, isLines bool, make func() *call) *Stream[T] {
	inner, stop := context.WithCancel(ctx)
	return &Stream[T]{ctx: inner, stop: stop, caller: c, make: make, isLines: isLines, pause: time.Second}
}

// Next waits for the next event. It returns false at the end, and after an error.
func (s *Stream[T]) Next() bool {
	for !s.isOver {
		if s.reader == nil && !s.connect() {
			break
		}
		data, err := s.read()
		switch {
		case err == nil && bytes.Equal(bytes.TrimSpace(data), []byte("[DONE]")):
			s.finish(nil)
		case err == nil:
			s.failed = 0
			if s.take(data) {
				return true
			}
		case s.resumes && s.ctx.Err() == nil:
			s.hangUp()
		case errors.Is(err, io.EOF):
			s.finish(nil)
		default:
			s.finish(&ConnectionError{Attempts: 1, Err: err})
		}
	}
	return false
}

// Event returns the event that Next found.
func (s *Stream[T]) Event() T { return s.event }

// EventType returns the name that the event was sent with, if it has one.
func (s *Stream[T]) EventType() string { return s.kind }

// LastEventID returns the id that was sent last: where to go on later.
func (s *Stream[T]) LastEventID() string { return s.id }

// Err returns what ended the stream, or nil if it came to its end.
func (s *Stream[T]) Err() error { return s.err }

// Close ends the stream and its connection.
func (s *Stream[T]) Close() error {
	s.stop()
	return nil
}

func (s *Stream[T]) finish(err error) {
	s.hangUp()
	s.isOver = true
	if s.err = err; err == nil && s.ctx.Err() != nil {
		s.err = s.ctx.Err()
	}
	s.stop()
}

func (s *Stream[T]) hangUp() {
	if s.answer != nil {
		s.answer.Body.Close()
		s.done()
	}
	s.answer, s.reader = nil, nil
}

// connect sends the request; again, after a pause, if the connection was lost.
func (s *Stream[T]) connect() bool {
	each := s.make()
	each.isStream = true
	s.resumes = each.resumes && !s.isLines
	if s.isBegun {
		if s.failed > each.settings.maxRetries {
			s.finish(&ConnectionError{Attempts: s.failed, Err: io.ErrUnexpectedEOF})
			return false
		}
		s.failed++
		if err := sleep(s.ctx, s.pause); err != nil {
			s.finish(&ConnectionError{Attempts: s.failed, Err: err})
			return false
		}
	}
	if s.isBegun && s.id != "" {
		each.header.Set("Last-Event-ID", s.id)
	}
	answer, done, err := s.caller.send(s.ctx, each)
	if err != nil {
		s.finish(err)
		return false
	}
	s.isBegun = true
	s.answer, s.done, s.reader = answer, done, bufio.NewReader(answer.Body)
	each.note(answerOf(answer))
	if answer.StatusCode == http.StatusNoContent {
		s.finish(nil)
		return false
	}
	if start, err := s.reader.Peek(3); err == nil && string(start) == "\ufeff" {
		_, _ = s.reader.Discard(3)
	}
	return true
}

func (s *Stream[T]) read() ([]byte, error) {
	if s.isLines {
		for {
			line, err := s.reader.ReadBytes('\n')
			if line = bytes.TrimSpace(line); len(line) > 0 {
				return line, nil
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return s.readEvent()
}

// readEvent reads one server-sent event. One that is not ended by an empty line
// is none. Source: HTML, "Server-sent events".
func (s *Stream[T]) readEvent() ([]byte, error) {
	var data []byte
	hasData := false
	kind := ""
	for {
		line, err := s.readLine()
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			if hasData {
				s.kind = kind
				return bytes.TrimSuffix(data, []byte("\n")), nil
			}
			kind = ""
			continue
		}
		name, value, _ := strings.Cut(string(line), ":")
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "data":
			hasData = true
			data = append(append(data, value...), '\n')
		case "event":
			kind = value
		case "id":
			if !strings.Contains(value, "\x00") {
				s.id = value
			}
		case "retry":
			if pause, err := strconv.ParseInt(value, 10, 32); err == nil && pause >= 0 {
				s.pause = min(time.Duration(pause)*time.Millisecond, longestAskedOf)
			}
		}
	}
}

// readLine reads up to \n, \r\n or \r, and does not wait for what follows an \r.
func (s *Stream[T]) readLine() ([]byte, error) {
	var line []byte
	for {
		each, err := s.reader.ReadByte()
		if err != nil {
			return nil, err
		}
		switch {
		case each == '\n' && s.skipsLF:
			s.skipsLF = false
		case each == '\n', each == '\r':
			s.skipsLF = each == '\r'
			return line, nil
		default:
			s.skipsLF = false
			line = append(line, each)
		}
	}
}

func (s *Stream[T]) take(data []byte) bool {
	var event T
	value := reflect.ValueOf(&event).Elem()
	if value.Kind() == reflect.String && !s.isLines {
		value.SetString(string(data))
		s.event = event
		return true
	}
	if err := decodeInto(data, &event); err != nil {
		s.finish(&DecodeError{Response: &Response{Status: http.StatusOK, Body: data}, Err: err})
		return false
	}
	s.event = event
	return true
}

// Download is a file that is read while it arrives. Close it.
type Download struct {
	io.ReadCloser
	// ContentType is its media type.
	ContentType string
	// Length is its length in bytes, or -1 if that was not told.
	Length int64
	// Response has the headers of the answer.
	Response *Response
}

// SaveTo writes the file to a path and closes the download. What is at the path
// stays if the file does not arrive whole.
func (d *Download) SaveTo(path string) (err error) {
	defer d.Close()
	file, err := os.CreateTemp(filepath.Dir(path), ".download-*")
	if err != nil {
		return err
	}
	_, err = io.Copy(file, d)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

type ended struct {
	io.ReadCloser
	done context.CancelFunc
}

func (e ended) Close() error {
	err := e.ReadCloser.Close()
	e.done()
	return err
}

func fetchFile(ctx context.Context, c *caller, each *call) (*Download, error) {
	each.isStream = true
	answer, done, err := c.send(ctx, each)
	if err != nil {
		return nil, err
	}
	found := answerOf(answer)
	each.note(found)
	return &Download{
		ReadCloser:  ended{answer.Body, done},
		ContentType: answer.Header.Get("Content-Type"),
		Length:      answer.ContentLength,
		Response:    found,
	}, nil
}
