package site

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"esms.example/atlas/internal/download"
)

// settings is site.toml: who publishes, under which name. Every text is shown as it is.
type settings struct {
	Name          string `toml:"nom"`
	Tagline       string `toml:"devise"`
	URL           string `toml:"url"`
	Source        string `toml:"source"`
	Licence       string `toml:"licence"`
	LicenceURL    string `toml:"licence_url"`
	Accessibility string `toml:"accessibilite"`
	MapCredit     string `toml:"fond_de_carte"`
	Publisher     struct {
		Name     string `toml:"nom"`
		Address  string `toml:"adresse"`
		Director string `toml:"directeur"`
		Host     string `toml:"hebergeur"`
	} `toml:"editeur"`
	Contact struct {
		Email string `toml:"courriel"`
		Phone string `toml:"telephone"`
	} `toml:"contact"`
	Security struct {
		Contact string `toml:"contact"`    // an e-mail or https address
		Expires any    `toml:"expiration"` // a date, or what stands in its place
	} `toml:"securite"`
	Redirects map[string]string `toml:"redirections"` // former path: path
}

// settingsFile is the file of the content that holds the settings.
const settingsFile = "site.toml"

// credits are what a workbook says of who publishes it.
func (s settings) credits() download.Credits {
	return download.Credits{Source: s.Source, Licence: s.Licence, LicenceURL: s.LicenceURL}
}

// decodeSettings reads site.toml and the keys it has that are not ours.
func decodeSettings(data []byte) (settings, []toml.Key, error) {
	var s settings
	meta, err := toml.Decode(string(data), &s)
	return s, meta.Undecoded(), err
}

// readSettings reads site.toml; an unknown key or an empty required one is an error.
func readSettings(content fs.FS) (settings, error) {
	data, err := fs.ReadFile(content, settingsFile)
	if err != nil {
		return settings{}, fmt.Errorf("lecture de site.toml : %w", err)
	}
	s, unknown, err := decodeSettings(data)
	if err != nil {
		return s, fmt.Errorf("site.toml : %w", err)
	}
	if len(unknown) > 0 {
		return s, fmt.Errorf("site.toml : clé inconnue « %s » ; les clés admises sont celles du fichier fourni", unknown[0])
	}
	return s, s.required()
}

// errSettingsLack is the error of a site.toml without a key that every page needs.
var errSettingsLack = errors.New("site.toml : les clés nom, source et accessibilite sont obligatoires")

// required is an error when a key is missing without which no page can be made.
func (s settings) required() error {
	if s.Name == "" || s.Source == "" || s.Accessibility == "" {
		return errSettingsLack
	}
	return nil
}

// expires is the day after which nobody should rely on security.txt; false when site.toml has no such day.
func (s settings) expires() (time.Time, bool) {
	switch v := s.Security.Expires.(type) {
	case time.Time:
		return time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC), true
	case string:
		day, err := time.Parse(time.DateOnly, v)
		return day, err == nil
	}
	return time.Time{}, false
}

// securityContact is the address that security.txt gives, as a URI; empty when site.toml has none that is sound.
func (s settings) securityContact() string {
	switch to := s.Security.Contact; {
	case soundEmail(to):
		return "mailto:" + to
	case soundAddress(to) && strings.HasPrefix(to, "https://"):
		return to
	}
	return ""
}

// soundAddress reports whether a text is an absolute web address.
func soundAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// soundEmail reports whether a text is an e-mail address that a link may lead to.
func soundEmail(text string) bool { return emailForm.MatchString(text) }

// words are what a prose page may quote from site.toml with {{site CLÉ}}.
func (s settings) words() map[string]string {
	return map[string]string{
		"nom": s.Name, "source": s.Source, "licence": s.Licence, "licence_url": s.LicenceURL,
		"accessibilite": s.Accessibility, "fond_de_carte": s.MapCredit,
		"editeur": s.Publisher.Name, "adresse": s.Publisher.Address,
		"directeur": s.Publisher.Director, "hebergeur": s.Publisher.Host,
		"courriel": s.Contact.Email, "telephone": s.Contact.Phone,
		"securite": s.Security.Contact,
	}
}

// rooted ends a base URL with one slash.
func rooted(url string) string { return strings.TrimRight(url, "/") + "/" }
