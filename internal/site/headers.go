package site

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// The files, at the root of the site, that tell web servers how to serve it: nginxFile is included in a
// server block, apacheFile is read where it stands, netlifyHeaders and netlifyRedirects by the hosts of static sites.
const (
	nginxFile        = "nginx.conf"
	apacheFile       = ".htaccess"
	netlifyHeaders   = "_headers"
	netlifyRedirects = "_redirects"
)

// The caching of files whose name holds the hash of their content, and of the others.
const (
	cacheForEver = "public, max-age=31536000, immutable"
	cacheChecked = "no-cache"
)

// mediaTypes are the types of what the site publishes, by extension.
var mediaTypes = map[string]string{
	"html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json", "jsonld": "application/ld+json",
	"geojson": "application/geo+json", "csv": "text/csv", "txt": "text/plain", "sha256": "text/plain", "xml": "application/xml",
	"rdf": "application/rdf+xml", "ttl": "text/turtle", "svg": "image/svg+xml", "png": "image/png", "webp": "image/webp", "avif": "image/avif",
	"woff2": "font/woff2", "pdf": "application/pdf", "zip": "application/zip",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// textual are the extensions of text, all of it UTF-8.
var textual = []string{"css", "csv", "geojson", "html", "js", "json", "jsonld", "rdf", "sha256", "svg", "ttl", "txt", "xml"}

// redirect is a former address and the one that replaces it, both as servers write them.
type redirect struct{ from, to string }

// redirects are those of site.toml, sorted. One that hides a page, or that leads nowhere, is an error; one
// that is not well written is left out.
func (c *composer) redirects() ([]redirect, error) {
	var out []redirect
	for _, from := range slices.Sorted(maps.Keys(c.settings.Redirects)) {
		to := c.settings.Redirects[from]
		switch {
		case !soundPath(from) || !soundPath(to) && !soundAddress(to):
			continue // the check of site.toml says so
		case c.known[strings.TrimPrefix(from, "/")]:
			return nil, fmt.Errorf("site.toml : la redirection de « %s » cacherait une page du site", from)
		case soundPath(to) && !c.known[strings.TrimPrefix(to, "/")]:
			return nil, fmt.Errorf("site.toml : la redirection de « %s » mène à « %s », qui n’existe pas", from, to)
		case soundPath(to):
			to = c.root() + strings.TrimPrefix(to, "/")
		}
		out = append(out, redirect{c.root() + strings.TrimPrefix(from, "/"), to})
	}
	return out, nil
}

// root is the path of the site on its host, « / » or « /esms/ ».
func (c *composer) root() string {
	u, err := url.Parse(c.base)
	if err != nil || u.Path == "" {
		return "/"
	}
	return rooted(u.Path)
}

// serverFiles are the files for web servers.
func (c *composer) serverFiles() ([]file, error) {
	moved, err := c.redirects()
	if err != nil {
		return nil, err
	}
	return []file{
		{nginxFile, []byte(nginx(c.root(), moved))},
		{apacheFile, []byte(apache(c.root(), moved))},
		{netlifyHeaders, []byte(netlify())},
		{netlifyRedirects, []byte(netlifyMoves(c.root(), moved))},
	}, nil
}

// nginx writes the directives for nginx 1.18 and later.
func nginx(root string, moved []redirect) string {
	var b strings.Builder
	b.WriteString(`# Écrit par atlas build. À inclure dans le bloc server de nginx qui sert ce dossier :
#     root /chemin/vers/le/site;
#     include /chemin/vers/le/site/nginx.conf;
# HTTPS et Strict-Transport-Security dépendent de l’hébergeur.

index index.html;
absolute_redirect off;
charset utf-8;
`)
	fmt.Fprintf(&b, "error_page 404 %s404.html;\n", root)
	var charset []string
	for _, ext := range textual {
		if t := mediaTypes[ext]; ext != "html" && !slices.Contains(charset, t) { // nginx always counts text/html
			charset = append(charset, t)
		}
	}
	charset = append(charset, atomType)
	fmt.Fprintf(&b, "charset_types %s;\ntypes {\n", strings.Join(charset, " "))
	for _, ext := range slices.Sorted(maps.Keys(mediaTypes)) {
		fmt.Fprintf(&b, "    %s %s;\n", mediaTypes[ext], ext)
	}
	b.WriteString(`}

# Les fichiers de texte sont déjà compressés : .gz, et .br si le module Brotli est chargé (libnginx-mod-http-brotli-static).
gzip_static on;
gzip_vary on;
# brotli_static on;

`)
	b.WriteString(nginxHeaders("", cacheChecked))
	fmt.Fprintf(&b, "\nlocation %sassets/ {\n%s}\n", root, nginxHeaders("    ", cacheForEver))
	fmt.Fprintf(&b, "location = %s%s { types {} default_type %s; }\n", root, feedPath, atomType)
	for _, name := range []string{nginxFile, apacheFile, netlifyHeaders, netlifyRedirects} {
		fmt.Fprintf(&b, "location = %s%s { return 404; }\n", root, name)
	}
	for _, m := range moved {
		fmt.Fprintf(&b, "location = %s { return 301 %s; }\n", m.from, m.to)
	}
	return b.String()
}

func nginxHeaders(indent, cache string) string {
	var b strings.Builder
	for _, h := range append(Headers(), Header{"Cache-Control", cache}) {
		always := " always"
		if h.Name == "Cache-Control" {
			always = "" // an error is not kept
		}
		fmt.Fprintf(&b, "%sadd_header %s %q%s;\n", indent, h.Name, h.Value, always)
	}
	return b.String()
}

// apache writes the directives for Apache 2.4.
func apache(root string, moved []redirect) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Écrit par atlas build. Lu par Apache 2.4 là où « AllowOverride All » le permet.
# Modules : headers, rewrite, alias, mime. HTTPS et Strict-Transport-Security dépendent de l’hébergeur.

Options -Indexes -MultiViews
DirectoryIndex index.html
ErrorDocument 404 %s404.html
AddDefaultCharset utf-8
`, root)
	for _, ext := range slices.Sorted(maps.Keys(mediaTypes)) {
		fmt.Fprintf(&b, "AddType %s .%s\n", mediaTypes[ext], ext)
	}
	fmt.Fprintf(&b, "AddCharset utf-8 .%s\n<FilesMatch \"^%s(\\.(br|gz))?$\">\nForceType %s\n</FilesMatch>\n", strings.Join(textual, " ."), literal(path.Base(feedPath)), atomType)
	fmt.Fprintf(&b, "<FilesMatch \"^(%s|%s|%s|%s)$\">\nRequire all denied\n</FilesMatch>\n\n", literal(apacheFile), literal(nginxFile), netlifyHeaders, netlifyRedirects)
	for _, m := range moved {
		fmt.Fprintf(&b, "RedirectMatch 301 \"^%s$\" %q\n", literal(m.from), m.to)
	}
	b.WriteString("<IfModule mod_headers.c>\n")
	for _, h := range Headers() {
		fmt.Fprintf(&b, "Header always set %s %q\n", h.Name, h.Value)
	}
	fmt.Fprintf(&b, "Header set Cache-Control %q\n<FilesMatch \"\\.[0-9a-f]{10}\\.[a-z0-9]+(\\.(br|gz))?$\">\nHeader set Cache-Control %q\n</FilesMatch>\n", cacheChecked, cacheForEver)
	apacheCompressed(&b)
	b.WriteString("</IfModule>\n")
	return b.String()
}

// literal is a name in a regular expression of Apache.
func literal(name string) string { return strings.ReplaceAll(name, ".", `\.`) }

// apacheCompressed makes Apache send what was compressed beforehand.
func apacheCompressed(b *strings.Builder) {
	b.WriteString("\n<IfModule mod_rewrite.c>\nRewriteEngine On\n")
	for _, encoding := range []struct{ name, ext string }{{"br", "br"}, {"gzip", "gz"}} {
		fmt.Fprintf(b, "RewriteCond %%{HTTP:Accept-Encoding} \\b%s\\b\nRewriteCond %%{REQUEST_FILENAME}.%s -f\nRewriteRule ^(.+)$ $1.%s [END,E=no-gzip:1,E=no-brotli:1]\n",
			encoding.name, encoding.ext, encoding.ext)
	}
	for _, encoding := range []struct{ name, ext string }{{"br", "br"}, {"gzip", "gz"}} {
		fmt.Fprintf(b, "<FilesMatch \"\\.%s$\">\nHeader set Content-Encoding %s\nHeader append Vary Accept-Encoding\nRemoveType .%s\nRemoveEncoding .%s\nRemoveLanguage .%s\n</FilesMatch>\n",
			encoding.ext, encoding.name, encoding.ext, encoding.ext, encoding.ext)
	}
	b.WriteString("</IfModule>\n")
}

// netlify writes _headers, which several hosts of static sites read; where two rules meet, they add up.
func netlify() string {
	var b strings.Builder
	b.WriteString("/*\n")
	for _, h := range Headers() {
		fmt.Fprintf(&b, "  %s: %s\n", h.Name, h.Value)
	}
	fmt.Fprintf(&b, "/assets/*\n  Cache-Control: %s\n/%s\n  Content-Type: %s; charset=utf-8\n", cacheForEver, feedPath, atomType)
	return b.String()
}

func netlifyMoves(root string, moved []redirect) string {
	var b strings.Builder
	b.WriteString("# Les anciennes adresses, et celles qui les remplacent.\n")
	for _, m := range moved {
		fmt.Fprintf(&b, "%s %s 301\n", m.from, m.to)
	}
	fmt.Fprintf(&b, "%s* %s404.html 404\n", root, root)
	return b.String()
}
