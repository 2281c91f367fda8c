package sdk

import (
	"encoding/json"
	"fmt"
	"time"
)

// Ptr returns a pointer to a value, for fields whose zero value has a meaning
// of its own.
func Ptr[T any](value T) *T { return &value }

// Null returns the JSON null. A request sends a member of its Extra as it is,
// so Extra: map[string]json.RawMessage{"name": Null()} takes a value away.
func Null() json.RawMessage { return json.RawMessage("null") }

// Date is a day of the calendar, without a time zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date such as 2026-10-01.
func ParseDate(text string) (Date, error) {
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date such as 2026-10-01", text)
	}
	return DateOf(parsed), nil
}

// DateOf returns the day of a time, in the time's own location.
func DateOf(moment time.Time) Date {
	year, month, day := moment.Date()
	return Date{Year: year, Month: month, Day: day}
}

// Time returns the first moment of the day in UTC.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// IsZero tells whether the date was never set.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as YYYY-MM-DD.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// MarshalText writes the date as YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a date such as 2026-10-01.
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Unknown is a value of a union that is newer than this library: none of the
// types of the union fits it.
type Unknown struct {
	JSON json.RawMessage
}

// MarshalJSON writes the value as it came.
func (u Unknown) MarshalJSON() ([]byte, error) {
	if u.JSON == nil {
		return []byte("null"), nil
	}
	return u.JSON, nil
}

// UnmarshalJSON keeps the value as it is.
func (u *Unknown) UnmarshalJSON(data []byte) error {
	u.JSON = append(json.RawMessage(nil), data...)
	return nil
}
