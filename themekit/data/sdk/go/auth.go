package sdk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// alternative is a set of requirements that all hold; an empty one is: none.
type alternative []string

type schemeKind int

const (
	bearerScheme schemeKind = iota
	keyScheme
	basicScheme
	oauthScheme
	httpScheme
	transportScheme
)

// scheme is a way to prove who asks.
type scheme struct {
	kind       schemeKind
	place      string // of a key: "header", "query", "cookie"
	name       string // of the header, parameter or cookie; or the HTTP scheme
	tokenURL   string // for client credentials
	isRelative bool   // the token's address is below the base URL
}

// isReady tells whether the credentials of a scheme are there.
func (s *settings) isReady(name string) bool {
	switch known := schemes[name]; known.kind {
	case basicScheme:
		return s.username.value() != "" || s.password.value() != ""
	case oauthScheme:
		return s.accessToken.value() != "" || known.tokenURL != "" && s.clientID.value() != ""
	case transportScheme:
		return true
	}
	return s.keys[name].value() != ""
}

// chosen returns the first alternative whose credentials are all there.
func (s *settings) chosen(security []alternative) (alternative, error) {
	if len(security) == 0 {
		return nil, nil
	}
	for _, each := range security {
		isReady := true
		for _, name := range each {
			isReady = isReady && s.isReady(name)
		}
		if isReady {
			return each, nil
		}
	}
	return nil, ErrCredentials
}

// authorize puts the credentials into a request.
func (c *caller) authorize(ctx context.Context, each *call, request *prepared, made *http.Request) error {
	if each.url != "" {
		base, err := url.Parse(each.base())
		if err != nil || !sameOrigin(base, made.URL) {
			return nil
		}
	}
	names, err := each.settings.chosen(each.security)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := c.apply(ctx, name, each, request, made); err != nil {
			return err
		}
	}
	return nil
}

func (c *caller) apply(ctx context.Context, name string, each *call, request *prepared, made *http.Request) error {
	known, settings := schemes[name], &each.settings
	switch known.kind {
	case bearerScheme:
		made.Header.Set("Authorization", "Bearer "+settings.keys[name].value())
	case httpScheme:
		made.Header.Set("Authorization", known.name+" "+settings.keys[name].value())
	case basicScheme:
		made.SetBasicAuth(settings.username.value(), settings.password.value())
	case keyScheme:
		setKey(made, known, settings.keys[name].value())
	case oauthScheme:
		text := settings.accessToken.value()
		if text == "" {
			found, err := c.tokens.get(ctx, c, each, known)
			if err != nil {
				return err
			}
			request.token, text = found, found.text.value()
		}
		made.Header.Set("Authorization", "Bearer "+text)
	}
	return nil
}

func setKey(made *http.Request, known scheme, key string) {
	switch known.place {
	case "query":
		query := url.QueryEscape(known.name) + "=" + url.QueryEscape(key)
		if made.URL.RawQuery != "" {
			query = made.URL.RawQuery + "&" + query
		}
		made.URL.RawQuery = query
	case "cookie":
		cookie := known.name + "=" + url.QueryEscape(key)
		if others := made.Header.Get("Cookie"); others != "" {
			cookie = others + "; " + cookie
		}
		made.Header.Set("Cookie", cookie)
	default:
		made.Header.Set(known.name, key)
	}
}

// token is an access token that the client fetched.
type token struct {
	text    hidden
	key     string
	renewal time.Time // zero for: never
}

// tokenStore fetches tokens, one at a time for each application.
type tokenStore struct {
	mutex  sync.Mutex
	tokens map[string]*token
	locks  map[string]chan struct{}
}

func newTokenStore() *tokenStore {
	return &tokenStore{tokens: map[string]*token{}, locks: map[string]chan struct{}{}}
}

func (t *tokenStore) valid(key string) *token {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	found := t.tokens[key]
	if found == nil || !found.renewal.IsZero() && time.Now().After(found.renewal) {
		return nil
	}
	return found
}

func (t *tokenStore) lock(key string) chan struct{} {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.locks[key] == nil {
		t.locks[key] = make(chan struct{}, 1)
	}
	return t.locks[key]
}

// forget drops a token that was refused, unless a newer one is there.
func (t *tokenStore) forget(refused *token) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.tokens[refused.key] == refused {
		delete(t.tokens, refused.key)
	}
}

func (t *tokenStore) get(ctx context.Context, c *caller, each *call, known scheme) (*token, error) {
	address, err := tokenAddress(each.settings.url(), known)
	if err != nil {
		return nil, err
	}
	settings := &each.settings
	key := strings.Join(append([]string{address, settings.clientID.value(), settings.clientSecret.value()}, settings.scopes...), "\n")
	lock := t.lock(key)
	select {
	case lock <- struct{}{}:
		defer func() { <-lock }()
	case <-ctx.Done():
		return nil, &ConnectionError{Attempts: 1, Err: ctx.Err()}
	}
	if found := t.valid(key); found != nil {
		return found, nil
	}
	found, err := fetchToken(ctx, each, address)
	if err != nil {
		return nil, err
	}
	found.key = key
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.tokens[key] = found
	return found, nil
}

func tokenAddress(base string, known scheme) (string, error) {
	if !known.isRelative {
		return known.tokenURL, nil
	}
	if strings.HasPrefix(known.tokenURL, "./") {
		return base + strings.TrimPrefix(known.tokenURL, "."), nil
	}
	return nextURL(base+"/", known.tokenURL)
}

// fetchToken asks for a token (RFC 6749, section 4.4). It follows no redirect:
// the request has the secret in it.
func fetchToken(ctx context.Context, each *call, address string) (*token, error) {
	settings := &each.settings
	form := url.Values{"grant_type": {"client_credentials"}}
	if len(settings.scopes) > 0 {
		form.Set("scope", strings.Join(settings.scopes, " "))
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, withoutAddress(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", userAgent)
	request.SetBasicAuth(url.QueryEscape(settings.clientID.value()), url.QueryEscape(settings.clientSecret.value()))
	client := *settings.httpClient
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(request)
	if err != nil {
		return nil, &ConnectionError{Attempts: 1, Err: withoutAddress(err)}
	}
	found, err := readAnswer(answer)
	if err != nil {
		return nil, &ConnectionError{Attempts: 1, Err: err}
	}
	if found.Status != http.StatusOK {
		return nil, errorOf(found, nil)
	}
	return readToken(found)
}

func readToken(answer *Response) (*token, error) {
	var members struct {
		AccessToken string      `json:"access_token"`
		ExpiresIn   json.Number `json:"expires_in"`
	}
	if err := json.Unmarshal(answer.Body, &members); err != nil {
		return nil, &DecodeError{Response: withoutBody(answer), Err: errors.New("the token is not JSON")}
	}
	if members.AccessToken == "" {
		return nil, &DecodeError{Response: withoutBody(answer), Err: fmt.Errorf("there is no access_token")}
	}
	found := &token{text: hide(members.AccessToken)}
	if seconds, err := members.ExpiresIn.Float64(); err == nil && seconds > 0 {
		life := time.Duration(seconds * float64(time.Second))
		found.renewal = time.Now().Add(life - min(life/10, 30*time.Second))
	}
	return found, nil
}

// withoutBody is an answer to show: a token may be in its body.
func withoutBody(answer *Response) *Response {
	return &Response{Status: answer.Status, Header: answer.Header, RequestID: answer.RequestID}
}
