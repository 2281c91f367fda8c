package sdk

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func streamed(made *caller, op *operation, isLines bool) *Stream[*item] {
	return newStream[*item](ctx, made, isLines, func() *call { return made.call(op, nil, nil, nil) })
}

func collect(t *testing.T, stream *Stream[*item]) string {
	t.Helper()
	defer stream.Close()
	var found []string
	for stream.Next() {
		found = append(found, stream.Event().ID)
	}
	if err := stream.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(found, " ")
}

const events = "\ufeff: hello\n\nid: 1\nevent: made\ndata: {\"id\":\r\ndata:\"a\"}\r\n\r\n" +
	"data: {\"id\":\"ü\"}\r\rretry: 5\nid\nevent:x\n\ndata:{\"id\":\"c\"}\n\ndata: [DONE]\n\ndata: {\"id\":\"never\"}\n\n"

func Test_EventsSplitAnywhere(t *testing.T) {
	for _, size := range []int{1, 2, 3, 7, 1000} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
			for rest := events; rest != ""; {
				piece := rest[:min(size, len(rest))]
				rest = rest[len(piece):]
				_, _ = io.WriteString(w, piece)
				w.(http.Flusher).Flush()
			}
		})
		equal(t, "a ü c", collect(t, streamed(server.caller(), &getThing, false)))
	}
}

func Test_JSONLines(t *testing.T) {
	server := serve(t, text("{\"id\":\"a\"}\n\n  {\"id\":\"b\"}\r\n{\"id\":\"c\"}"))
	equal(t, "a b c", collect(t, streamed(server.caller(), &getThing, true)))
}

func Test_AnEventThatBreaksOffIsNone(t *testing.T) {
	server := serve(t, text("data: {\"id\":\"a\"}\n\ndata: {\"id\":\"half\"}"))
	equal(t, "a", collect(t, streamed(server.caller(), &getThing, false)))
}

func Test_AStreamGoesOnAfterTheLastEvent(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request, count int) {
		switch count {
		case 1:
			_, _ = io.WriteString(w, "retry: 1\nid: 7\ndata: {\"id\":\"a\"}\n\n")
		case 2:
			_, _ = io.WriteString(w, "id: 8\ndata: {\"id\":\"b\"}\n\n")
		default:
			w.WriteHeader(http.StatusNoContent)
		}
	})
	op := getThing
	op.resumes = true
	equal(t, "a b", collect(t, streamed(server.caller(), &op, false)))
	equal(t, "7", server.requests[1].header.Get("Last-Event-ID"))
	equal(t, "8", server.requests[2].header.Get("Last-Event-ID"))
}

func Test_AStreamLastsLongerThanATimeout(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		_, _ = io.WriteString(w, "data: {\"id\":\"a\"}\n\n")
		w.(http.Flusher).Flush()
		time.Sleep(150 * time.Millisecond)
		_, _ = io.WriteString(w, "data: {\"id\":\"b\"}\n\n")
	})
	equal(t, "a b", collect(t, streamed(server.caller(WithTimeout(100*time.Millisecond)), &getThing, false)))
}

func Test_CloseEndsAStreamThatWaits(t *testing.T) {
	gone := make(chan struct{})
	server := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		_, _ = io.WriteString(w, "data: {\"id\":\"a\"}\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		close(gone)
	})
	stream := streamed(server.caller(), &getThing, false)
	equal(t, true, stream.Next())
	time.AfterFunc(30*time.Millisecond, func() { stream.Close() })
	equal(t, false, stream.Next())
	equal(t, true, errors.Is(stream.Err(), context.Canceled))
	select {
	case <-gone:
	case <-time.After(5 * time.Second):
		t.Error("the connection is still open")
	}
}

func Test_AStreamThatIsRefused(t *testing.T) {
	server := serve(t, failing(404, 9))
	stream := streamed(server.caller(), &getThing, false)
	equal(t, false, stream.Next())
	equal(t, true, errors.Is(stream.Err(), ErrNotFound))
}
