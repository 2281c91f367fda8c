package sdk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
)

// Errors to compare with errors.Is: what an answer's status means.
var (
	ErrBadRequest     = errors.New("the request is malformed")               // 400
	ErrAuthentication = errors.New("the credentials are missing or wrong")   // 401
	ErrPermission     = errors.New("the credentials do not allow this")      // 403
	ErrNotFound       = errors.New("there is no such object")                // 404
	ErrConflict       = errors.New("the object's state conflicts")           // 409
	ErrUnprocessable  = errors.New("the request was understood and refused") // 422
	ErrRateLimit      = errors.New("too many requests")                      // 429
	ErrServer         = errors.New("the server failed")                      // 500 to 599
)

// Errors to compare with errors.Is that have no answer.
var (
	ErrTimeout     = errors.New("no answer in time")
	ErrCredentials = errors.New("no credentials for this call")
)

// Error is an answer outside 2xx.
type Error struct {
	// Status is the HTTP status.
	Status int
	// Type, Title, Detail and Instance are those of problem details (RFC 9457).
	Type     string
	Title    string
	Detail   string
	Instance string
	// Code is what programs decide by, if the answer has one.
	Code string
	// RequestID identifies the request: quote it to support.
	RequestID string
	// Header has the headers of the answer.
	Header http.Header
	// Body is the answer as it came.
	Body []byte
	// Data is the answer as the type that is described for its status, or nil.
	Data any
	// ErrorFields are the other members that this API's errors have.
	ErrorFields
}

// Error says what went wrong. It has nothing of the request.
func (e *Error) Error() string {
	text := fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
	for _, each := range []string{e.Code, firstText(e.Detail, e.Title)} {
		if each != "" {
			text += ": " + each
		}
	}
	if e.RequestID != "" {
		text += " (request " + e.RequestID + ")"
	}
	return text
}

// Is matches the errors that stand for a status.
func (e *Error) Is(target error) bool {
	switch target {
	case ErrBadRequest:
		return e.Status == http.StatusBadRequest
	case ErrAuthentication:
		return e.Status == http.StatusUnauthorized
	case ErrPermission:
		return e.Status == http.StatusForbidden
	case ErrNotFound:
		return e.Status == http.StatusNotFound
	case ErrConflict:
		return e.Status == http.StatusConflict
	case ErrUnprocessable:
		return e.Status == http.StatusUnprocessableEntity
	case ErrRateLimit:
		return e.Status == http.StatusTooManyRequests
	case ErrServer:
		return e.Status >= 500
	}
	return false
}

// ConnectionError is no answer at all: a name that is not found, a broken
// connection, a time-out, a cancelled context. It unwraps to the cause.
type ConnectionError struct {
	// Attempts is how often the request was sent.
	Attempts int
	// Err is the cause of the last attempt's failure.
	Err error
}

// Error says what went wrong.
func (e *ConnectionError) Error() string {
	return fmt.Sprintf("no answer after %d attempts: %v", e.Attempts, e.Err)
}

// Unwrap returns the cause.
func (e *ConnectionError) Unwrap() error { return e.Err }

// Is matches ErrTimeout if time ran out.
func (e *ConnectionError) Is(target error) bool { return target == ErrTimeout && e.Timeout() }

// Timeout tells whether time ran out.
func (e *ConnectionError) Timeout() bool {
	var network net.Error
	return errors.Is(e.Err, context.DeadlineExceeded) || errors.As(e.Err, &network) && network.Timeout()
}

// DecodeError is an answer of success that is not what is described.
type DecodeError struct {
	// Response is the answer.
	Response *Response
	// Err says where it differs.
	Err error
}

// Error says where the answer differs.
func (e *DecodeError) Error() string {
	return fmt.Sprintf("the answer %d is not as described: %v", e.Response.Status, e.Err)
}

// Unwrap returns the cause.
func (e *DecodeError) Unwrap() error { return e.Err }

// described is a type for the body of an error's answer.
type described struct {
	status string
	make   func() any
}

func errorOf(answer *Response, kinds []described) *Error {
	found := &Error{
		Status:    answer.Status,
		RequestID: answer.RequestID,
		Header:    answer.Header,
		Body:      answer.Body,
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(answer.Body, &members) == nil {
		found.read(members)
		_ = decodeInto(answer.Body, &found.ErrorFields)
	}
	for _, each := range kinds {
		if !matchesStatus(each.status, answer.Status) {
			continue
		}
		if data := each.make(); decodeInto(answer.Body, data) == nil {
			found.Data = data
		}
		break
	}
	return found
}

// read takes the members of problem details, of an OAuth error (RFC 6749), and
// of the widely used {"error": {"code": …, "message": …}}.
func (e *Error) read(members map[string]json.RawMessage) {
	var inner map[string]json.RawMessage
	_ = json.Unmarshal(members["error"], &inner)
	text := func(names ...string) string {
		for _, from := range []map[string]json.RawMessage{members, inner} {
			for _, name := range names {
				var found string
				if json.Unmarshal(from[name], &found) == nil && found != "" {
					return found
				}
			}
		}
		return ""
	}
	e.Type, e.Title, e.Instance = text("type"), text("title"), text("instance")
	e.Detail = text("detail", "message", "error_description")
	e.Code = text("code", "error", "error_code")
	if id := text("request_id"); e.RequestID == "" {
		e.RequestID = id
	}
}

func matchesStatus(pattern string, status int) bool {
	text := fmt.Sprint(status)
	return pattern == "default" || pattern == text ||
		len(pattern) == 3 && strings.EqualFold(pattern[1:], "xx") && pattern[0] == text[0]
}

func firstText(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
