package site

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

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
}

// credits are what a workbook says of who publishes it.
func (s settings) credits() download.Credits {
	return download.Credits{Source: s.Source, Licence: s.Licence, LicenceURL: s.LicenceURL}
}

// readSettings reads site.toml; an unknown key or an empty required one is an error.
func readSettings(content fs.FS) (settings, error) {
	var s settings
	data, err := fs.ReadFile(content, "site.toml")
	if err != nil {
		return s, fmt.Errorf("lecture de site.toml : %w", err)
	}
	meta, err := toml.Decode(string(data), &s)
	if err != nil {
		return s, fmt.Errorf("site.toml : %w", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return s, fmt.Errorf("site.toml : clé inconnue « %s » ; les clés admises sont celles du fichier fourni", unknown[0])
	}
	if s.Name == "" || s.Source == "" || s.Accessibility == "" {
		return s, errors.New("site.toml : les clés nom, source et accessibilite sont obligatoires")
	}
	return s, nil
}

// words are what a prose page may quote from site.toml with {{site CLÉ}}.
func (s settings) words() map[string]string {
	return map[string]string{
		"nom": s.Name, "source": s.Source, "licence": s.Licence, "licence_url": s.LicenceURL,
		"accessibilite": s.Accessibility, "fond_de_carte": s.MapCredit,
		"editeur": s.Publisher.Name, "adresse": s.Publisher.Address,
		"directeur": s.Publisher.Director, "hebergeur": s.Publisher.Host,
		"courriel": s.Contact.Email, "telephone": s.Contact.Phone,
	}
}

// rooted ends a base URL with one slash.
func rooted(url string) string { return strings.TrimRight(url, "/") + "/" }
