package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// file is a file of the site that is no page.
type file struct {
	path string
	data []byte
}

// assets are the paths of what every page needs.
type assets struct {
	styles, script, icon string
	fonts                []string          // worth loading first
	scripts              map[string]string // beside that of every page, by name
}

// fontURL finds the fonts that the style sheet names.
var fontURL = regexp.MustCompile(`url\("([a-z0-9-]+\.woff2)"\)`)

// fontFace finds the declarations that need a font file.
var fontFace = regexp.MustCompile(`(?s)@font-face\s*\{.*?\}\s*`)

// composeAssets joins the style sheets of assets/css in the order of their names, adds the
// fonts they name, the script and the icon, each under a name that holds the hash of its
// content, so that browsers may keep them for ever.
func composeAssets(in Input) (assets, []file, error) {
	var a assets
	var files []file
	add := func(name string, data []byte) string {
		f := file{"assets/" + hashed(name, data), data}
		files = append(files, f)
		return f.path
	}
	css, err := joined(in.Assets, "css/*.css")
	if err != nil {
		return a, nil, err
	}
	if in.Fonts == nil {
		css = fontFace.ReplaceAllString(css, "")
	}
	var missing error
	css = fontURL.ReplaceAllStringFunc(css, func(found string) string {
		name := fontURL.FindStringSubmatch(found)[1]
		data, made := in.Fonts[name]
		if !made {
			missing = errors.Join(missing, fmt.Errorf("la feuille de style demande la police %s, qui n’est pas fabriquée", name))
			return found
		}
		at := add(name, data)
		if strings.HasSuffix(name, "-400.woff2") || strings.HasSuffix(name, "-700.woff2") {
			a.fonts = append(a.fonts, at)
		}
		return `url("` + path.Base(at) + `")`
	})
	if missing != nil {
		return a, nil, missing
	}
	a.styles = add("atlas.css", []byte(css))
	js, err := joined(in.Assets, "js/*.js")
	if err != nil {
		return a, nil, err
	}
	a.script = add("atlas.js", []byte(js))
	icon, err := fs.ReadFile(in.Assets, "img/icone.svg")
	if err != nil {
		return a, nil, fmt.Errorf("lecture de l’icône du site : %w", err)
	}
	a.icon = add("icone.svg", icon)
	a.scripts = map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(in.Scripts)) {
		a.scripts[name] = add(name+".js", in.Scripts[name])
	}
	return a, files, nil
}

// joined returns the files that match, one after another in the order of their names.
func joined(fsys fs.FS, pattern string) (string, error) {
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "", fmt.Errorf("aucun fichier assets/%s", pattern)
	}
	var b strings.Builder
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return "", err
		}
		b.Write(data)
	}
	return b.String(), nil
}

// hashed puts the beginning of the content's hash into a file name: « atlas.0a1b2c3d4e.css ».
func hashed(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
}
