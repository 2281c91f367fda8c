package sdk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
)

// part is how a field of a form is written.
type part struct {
	style     style
	mediaType string
}

// NamedFile is a file with a name and a media type of its own. Other readers
// that have a Name method, such as *os.File, are sent under the last element
// of that name.
type NamedFile struct {
	io.Reader
	// Filename is the name that is sent.
	Filename string
	// ContentType is the media type; by default it is made from the name.
	ContentType string
}

// source is a piece of a body that is read while it is sent.
type source struct {
	content []byte
	file    io.Reader
	start   int64
	length  int64 // -1 if it is not known
}

func newSource(file io.Reader) source {
	found := source{file: file, length: -1}
	inner := file
	for {
		named, ok := inner.(*NamedFile)
		if !ok {
			break
		}
		inner = named.Reader
	}
	if seeker, ok := inner.(io.Seeker); ok {
		start, err := seeker.Seek(0, io.SeekCurrent)
		if err != nil {
			return source{file: onlyReader{inner}, length: -1}
		}
		found.file, found.start = inner, start
		if end, err := seeker.Seek(0, io.SeekEnd); err == nil {
			found.length = end - start
		}
		if _, err := seeker.Seek(start, io.SeekStart); err != nil {
			return source{file: onlyReader{inner}, length: -1}
		}
	}
	return found
}

type onlyReader struct{ io.Reader }

func (s source) reader() io.Reader {
	if s.file == nil {
		return bytes.NewReader(s.content)
	}
	return onlyReader{s.file}
}

func (s source) rewind() bool {
	if s.file == nil {
		return true
	}
	seeker, ok := s.file.(io.Seeker)
	if !ok {
		return false
	}
	_, err := seeker.Seek(s.start, io.SeekStart)
	return err == nil
}

func bodyOf(parts []source) *body {
	found := &body{parts: parts}
	for _, each := range parts {
		length := each.length
		if each.file == nil {
			length = int64(len(each.content))
		}
		if length < 0 {
			found.length = -1
			return found
		}
		found.length += length
	}
	if found.length == 0 {
		return &body{content: []byte{}}
	}
	return found
}

// rawBodyOf is a body of text or bytes, sent as it is.
func rawBodyOf(given any) (*body, error) {
	switch found := given.(type) {
	case nil:
		return nil, nil
	case io.Reader:
		return bodyOf([]source{newSource(found)}), nil
	case []byte:
		return &body{content: found, length: int64(len(found))}, nil
	case string:
		return &body{content: []byte(found), length: int64(len(found))}, nil
	}
	value := reflect.ValueOf(given)
	for value.Kind() == reflect.Pointer && !value.IsNil() {
		value = value.Elem()
	}
	if text, ok := plainText(value); ok {
		return rawBodyOf(text)
	}
	raw, err := encode(given)
	return &body{content: raw, length: int64(len(raw))}, err
}

// formField is a field of a form that is set.
type formField struct {
	name  string
	value reflect.Value
}

func (c *call) formFields() ([]formField, error) {
	value := reflect.ValueOf(c.params)
	if !value.IsValid() || value.IsNil() {
		return nil, nil
	}
	value = value.Elem()
	var found []formField
	for index := 0; index < value.NumField(); index++ {
		field := value.Type().Field(index)
		name, ok := field.Tag.Lookup("form")
		each := value.Field(index)
		switch {
		case !ok:
		case each.IsZero() && field.Tag.Get("const") != "" && field.Tag.Get("api") == "required":
			var constant string
			if json.Unmarshal([]byte(field.Tag.Get("const")), &constant) != nil {
				constant = field.Tag.Get("const")
			}
			found = append(found, formField{name, reflect.ValueOf(constant)})
		case isSent(each, field):
			found = append(found, formField{name, each})
		}
	}
	return found, nil
}

func (c *call) pairsOf(field formField) ([]pair, error) {
	how := c.parts[field.name].style
	if how.name == "" {
		how = style{name: "form", explode: true}
	}
	value := field.value
	for value.Kind() == reflect.Pointer && !value.IsNil() {
		value = value.Elem()
	}
	isObject := value.Kind() == reflect.Struct || value.Kind() == reflect.Map
	if isObject && how.name == "form" && value.Type() != timeType {
		if _, plain := plainText(value); !plain {
			how.json = true
		}
	}
	return how.query(field.name, value)
}

func (c *call) formBody() (*body, error) {
	fields, err := c.formFields()
	if err != nil {
		return nil, err
	}
	var written []string
	for _, field := range fields {
		pairs, err := c.pairsOf(field)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field.name, err)
		}
		for _, each := range pairs {
			written = append(written, url.QueryEscape(each.name)+"="+each.escaped())
		}
	}
	content := []byte(strings.Join(written, "&"))
	return &body{content: content, length: int64(len(content))}, nil
}

func (c *call) multipartBody(header http.Header) (*body, error) {
	fields, err := c.formFields()
	if err != nil {
		return nil, err
	}
	boundary, err := newKey()
	if err != nil {
		return nil, err
	}
	header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
	var parts []source
	for _, field := range fields {
		pieces, err := c.partsOf(field, boundary)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", field.name, err)
		}
		parts = append(parts, pieces...)
	}
	parts = append(parts, source{content: []byte("--" + boundary + "--\r\n")})
	return bodyOf(parts), nil
}

func (c *call) partsOf(field formField, boundary string) ([]source, error) {
	switch found := field.value.Interface().(type) {
	case io.Reader:
		return c.fileParts(field.name, found, boundary), nil
	case []io.Reader:
		var parts []source
		for _, each := range found {
			parts = append(parts, c.fileParts(field.name, each, boundary)...)
		}
		return parts, nil
	case []byte:
		return c.fileParts(field.name, bytes.NewReader(found), boundary), nil
	}
	mediaType := c.parts[field.name].mediaType
	if strings.Contains(mediaType, "json") {
		raw, err := encodeValue(field.value)
		return []source{{content: textPart(boundary, field.name, mediaType, string(raw))}}, err
	}
	pairs, err := c.pairsOf(field)
	var parts []source
	for _, each := range pairs {
		parts = append(parts, source{content: textPart(boundary, each.name, mediaType, each.value)})
	}
	return parts, err
}

var quoteEscapes = strings.NewReplacer("\\", "\\\\", `"`, "%22", "\r", "%0D", "\n", "%0A")

func textPart(boundary, name, mediaType, value string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n", boundary, quoteEscapes.Replace(name))
	if mediaType != "" {
		fmt.Fprintf(&out, "Content-Type: %s\r\n", mediaType)
	}
	out.WriteString("\r\n" + value + "\r\n")
	return out.Bytes()
}

func (c *call) fileParts(name string, file io.Reader, boundary string) []source {
	filename, mediaType := fileName(file, c.params), c.parts[name].mediaType
	if named, ok := file.(*NamedFile); ok {
		mediaType = firstText(named.ContentType, mediaType)
	}
	if mediaType == "" || strings.ContainsAny(mediaType, ",*\r\n") {
		mediaType = firstText(mime.TypeByExtension(filepath.Ext(filename)), "application/octet-stream")
	}
	head := fmt.Sprintf("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
		boundary, quoteEscapes.Replace(name), quoteEscapes.Replace(filename), mediaType)
	return []source{{content: []byte(head)}, newSource(file), {content: []byte("\r\n")}}
}

// fileName is the name that the file is sent with: one that was given with it,
// that of the field Filename, that of a file on disk, or "file".
func fileName(file io.Reader, params any) string {
	if named, ok := file.(*NamedFile); ok && named.Filename != "" {
		return named.Filename
	}
	value := reflect.ValueOf(params).Elem()
	if field, ok := value.Type().FieldByName("Filename"); ok && field.Tag.Get("file") == "name" {
		if name := value.FieldByIndex(field.Index).String(); name != "" {
			return name
		}
	}
	if named, ok := file.(*NamedFile); ok {
		file = named.Reader
	}
	if named, ok := file.(interface{ Name() string }); ok {
		return filepath.Base(named.Name())
	}
	return "file"
}
