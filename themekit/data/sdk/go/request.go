package sdk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
)

// prepared is a request that can be sent more than once.
type prepared struct {
	method  string
	url     string
	header  http.Header
	body    *body
	isKeyed bool
	token   *token
}

// body is what is sent: bytes, or parts that can be read again if their files
// can be.
type body struct {
	content []byte
	parts   []source
	length  int64         // -1 if it is not known
	sent    chan struct{} // closed when nothing reads the parts any more
}

// sending is a body that tells when it is no longer read: a transport may read
// on after it has answered.
type sending struct {
	io.Reader
	once sync.Once
	done chan struct{}
}

// Close ends the reading.
func (s *sending) Close() error {
	s.once.Do(func() { close(s.done) })
	return nil
}

func (b *body) reader() io.Reader {
	switch {
	case b == nil:
		return nil
	case b.parts == nil:
		return bytes.NewReader(b.content)
	}
	readers := make([]io.Reader, len(b.parts))
	for index := range b.parts {
		readers[index] = b.parts[index].reader()
	}
	return io.MultiReader(readers...)
}

// rewind goes back to the beginning, and tells whether it could.
func (b *body) rewind() bool {
	if b == nil {
		return true
	}
	if b.sent != nil {
		<-b.sent
	}
	for _, each := range b.parts {
		if !each.rewind() {
			return false
		}
	}
	return true
}

func (p *prepared) request(ctx context.Context) (*http.Request, error) {
	reader := p.body.reader()
	made, err := http.NewRequestWithContext(ctx, p.method, p.url, reader)
	if err != nil {
		return nil, withoutAddress(err)
	}
	made.Header = p.header.Clone()
	if p.body != nil && p.body.parts != nil {
		made.ContentLength = p.body.length
	}
	return made, nil
}

// begin is called just before the request is sent.
func (p *prepared) begin(made *http.Request) {
	if p.body == nil || p.body.parts == nil {
		return
	}
	p.body.sent = make(chan struct{})
	made.Body = &sending{Reader: made.Body, done: p.body.sent}
}

func (c *call) prepare() (*prepared, error) {
	found := &prepared{method: c.method, header: http.Header{}}
	if err := c.setHeaders(found); err != nil {
		return nil, err
	}
	path, err := c.filledPath()
	if err != nil {
		return nil, err
	}
	values := parameterValues{header: found.header}
	if err := values.read(c.params); err != nil {
		return nil, err
	}
	for name, value := range c.query {
		values.replace(name, value)
	}
	found.url = c.base() + path + values.text()
	if c.url != "" {
		found.url = c.url
	}
	for name, replaced := range c.header {
		found.header[name] = replaced
	}
	found.body, err = c.encodedBody(found.header)
	return found, err
}

// base returns where the call goes: an operation's own server counts as long as
// nothing else was said.
func (c *call) base() string {
	base := c.settings.url()
	if c.server == "" || c.settings.baseURL != "" || base != liveBaseURL {
		return base
	}
	found, err := url.Parse(base + "/")
	if err != nil {
		return base
	}
	target, err := found.Parse(c.server)
	if err != nil {
		return base
	}
	return strings.TrimRight(target.String(), "/")
}

func (c *call) setHeaders(found *prepared) error {
	found.header.Set("User-Agent", userAgent)
	if c.accept != "" {
		found.header.Set("Accept", c.accept)
	}
	for name, values := range c.settings.header {
		found.header[name] = values
	}
	if c.idempotency == "" {
		return nil
	}
	key := firstText(c.settings.idempotencyKey, found.header.Get(c.idempotency))
	if key == "" {
		made, err := newKey()
		if err != nil {
			return err
		}
		key = made
	}
	found.header.Set(c.idempotency, key)
	c.settings.idempotencyKey = key
	found.isKeyed = true
	return nil
}

func (c *call) filledPath() (string, error) {
	if len(c.arguments) == 0 {
		return strings.Join(c.path, ""), nil
	}
	var path strings.Builder
	for index, argument := range c.arguments {
		path.WriteString(c.path[index])
		how := style{name: "simple"}
		if index < len(c.styles) {
			how = c.styles[index]
		}
		text, err := how.path(c.names[index], argument)
		if err != nil {
			return "", fmt.Errorf("%s: %w", c.names[index], err)
		}
		if text == "" {
			return "", fmt.Errorf("%s is empty", c.names[index])
		}
		path.WriteString(text)
	}
	path.WriteString(c.path[len(c.arguments)])
	return path.String(), nil
}

func (c *call) encodedBody(header http.Header) (*body, error) {
	if c.body == noBody {
		return nil, nil
	}
	given, isWhole, err := wholeBody(c.params)
	if err != nil || isWhole && given == nil || !isWhole && c.isBodyOptional && isNilPointer(c.params) {
		return nil, err
	}
	if header.Get("Content-Type") == "" && c.body != multipartBody {
		header.Set("Content-Type", c.mediaType)
	}
	switch c.body {
	case jsonBody:
		return c.jsonBody(given, isWhole)
	case formBody:
		return c.formBody()
	case multipartBody:
		return c.multipartBody(header)
	}
	return rawBodyOf(given)
}

func (c *call) jsonBody(given any, isWhole bool) (*body, error) {
	content, err := c.jsonContent(given, isWhole)
	if err != nil {
		return nil, err
	}
	for _, changes := range []map[string]any{c.preset, c.members} {
		if content, err = withMembers(content, changes); err != nil {
			return nil, err
		}
	}
	return &body{content: content, length: int64(len(content))}, nil
}

func (c *call) jsonContent(given any, isWhole bool) ([]byte, error) {
	switch {
	case isWhole:
		return encode(given)
	case isNilPointer(c.params):
		return []byte("{}"), nil
	}
	return marshalObject(c.params, nil)
}

func withMembers(content []byte, changes map[string]any) ([]byte, error) {
	if len(changes) == 0 {
		return content, nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(content, &members); err != nil {
		return nil, err
	}
	for name, value := range changes {
		raw, err := encode(value)
		if err != nil {
			return nil, err
		}
		members[name] = raw
	}
	return encode(members)
}

func isNilPointer(value any) bool {
	found := reflect.ValueOf(value)
	return !found.IsValid() || found.Kind() == reflect.Pointer && found.IsNil()
}

// wholeBody returns the field Body of the parameters, if that is the body.
func wholeBody(params any) (any, bool, error) {
	value := reflect.ValueOf(params)
	if !value.IsValid() || value.IsNil() {
		return nil, false, nil
	}
	value = value.Elem()
	field, ok := value.Type().FieldByName("Body")
	if !ok || field.Tag.Get("body") == "" {
		return nil, false, nil
	}
	found := value.FieldByIndex(field.Index)
	switch found.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		if found.IsNil() {
			switch field.Tag.Get("body") {
			case "required":
				return nil, true, errors.New("Body is not set")
			case "null":
				return Null(), true, nil
			}
			return nil, true, nil
		}
	}
	return found.Interface(), true, nil
}

// nextURL is an address that an answer named, as a whole URL.
func nextURL(current, next string) (string, error) {
	base, err := url.Parse(current)
	if err != nil {
		return "", withoutAddress(err)
	}
	found, err := base.Parse(next)
	if err != nil {
		return "", withoutAddress(err)
	}
	if found.Scheme != "https" && found.Scheme != "http" {
		return "", errors.New("the next page is at no web address")
	}
	return found.String(), nil
}
