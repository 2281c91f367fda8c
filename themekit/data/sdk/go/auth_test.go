package sdk

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var oauthThing = operation{method: http.MethodGet, path: []string{"/thing"}, security: []alternative{{"test-oauth"}}}

func withApplication() Option {
	return func(s *settings) {
		s.clientID, s.clientSecret, s.scopes = hide("app:1"), hide("s3cret"), []string{"a", "b"}
	}
}

// issuing answers tokens that live some seconds, and takes only the newest.
func issuing(t *testing.T, seconds int, refuse func(count int64) bool) (*recorder, *atomic.Int64) {
	t.Helper()
	var issued, calls atomic.Int64
	server := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		if r.URL.Path == "/token" {
			fmt.Fprintf(w, `{"access_token":"t%d","token_type":"Bearer","expires_in":%d}`, issued.Add(1), seconds)
			return
		}
		if refuse(calls.Add(1)) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, `{}`)
	})
	return server, &issued
}

func Test_TokensAreFetchedOnce(t *testing.T) {
	server, issued := issuing(t, 3600, func(int64) bool { return false })
	made := server.caller(withApplication())
	var group sync.WaitGroup
	for range [8]struct{}{} {
		group.Add(1)
		go func() {
			defer group.Done()
			if err := fetchNothing(ctx, made, made.call(&oauthThing, nil, nil, nil)); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
	equal(t, int64(1), issued.Load())
	equal(t, "Bearer t1", server.last().header.Get("Authorization"))
	first := server.requests[0]
	equal(t, "grant_type=client_credentials&scope=a+b", first.body)
	equal(t, "Basic YXBwJTNBMTpzM2NyZXQ=", first.header.Get("Authorization"))
}

func Test_ATokenIsRenewedBeforeItExpires(t *testing.T) {
	server, issued := issuing(t, 1, func(int64) bool { return false })
	made := server.caller(withApplication())
	_ = fetchNothing(ctx, made, made.call(&oauthThing, nil, nil, nil))
	time.Sleep(950 * time.Millisecond)
	_ = fetchNothing(ctx, made, made.call(&oauthThing, nil, nil, nil))
	equal(t, int64(2), issued.Load())
}

func Test_ATokenThatIsRefusedIsRenewedOnce(t *testing.T) {
	server, issued := issuing(t, 3600, func(count int64) bool { return count == 1 })
	made := server.caller(withApplication(), WithMaxRetries(0))
	if err := fetchNothing(ctx, made, made.call(&oauthThing, nil, nil, nil)); err != nil {
		t.Fatal(err)
	}
	equal(t, int64(2), issued.Load())
	always, again := issuing(t, 3600, func(int64) bool { return true })
	made = always.caller(withApplication(), WithMaxRetries(0))
	err := fetchNothing(ctx, made, made.call(&oauthThing, nil, nil, nil))
	equal(t, true, errors.Is(err, ErrAuthentication))
	equal(t, int64(2), again.Load())
}

func Test_ATokenRequestFollowsNoRedirect(t *testing.T) {
	other := serve(t, text(`{"access_token":"evil"}`))
	server := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	})
	made := server.caller(withApplication())
	err := fetchNothing(ctx, made, made.call(&oauthThing, nil, nil, nil))
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("found %v", err)
	}
	equal(t, 0, other.count())
}

func Test_AnAnswerWithoutATokenSaysNothingOfIt(t *testing.T) {
	server := serve(t, text(`{"token":"s3cret"}`))
	made := server.caller(withApplication())
	err := fetchNothing(ctx, made, made.call(&oauthThing, nil, nil, nil))
	if err == nil || strings.Contains(fmt.Sprintf("%+v", err), "s3cret") {
		t.Errorf("found %v", err)
	}
}

func Test_BasicCredentials(t *testing.T) {
	server := serve(t, text(`{}`))
	op := operation{method: http.MethodGet, path: []string{"/"}, security: []alternative{{"test-header"}, {"test-basic"}}}
	option := func(s *settings) { s.username, s.password = hide("me"), hide("pw") }
	if err := fetchNothing(ctx, server.caller(), server.caller().call(&op, nil, nil, []Option{option})); err != nil {
		t.Fatal(err)
	}
	equal(t, "Basic bWU6cHc=", server.last().header.Get("Authorization"))
}

func Test_WhereTokensComeFrom(t *testing.T) {
	for _, each := range []struct {
		scheme   scheme
		expected string
	}{
		{scheme{tokenURL: "./oauth/token", isRelative: true}, "https://a.example/v1/oauth/token"},
		{scheme{tokenURL: "/oauth/token", isRelative: true}, "https://a.example/oauth/token"},
		{scheme{tokenURL: "https://id.example/token"}, "https://id.example/token"},
	} {
		found, err := tokenAddress("https://a.example/v1", each.scheme)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, each.expected, found)
	}
}
