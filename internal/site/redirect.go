package site

import (
	"fmt"
	"html"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/indicator"
)

// redirection is a page that leads at once to another, by a relative link, and says why.
func redirection(to, title, why string) []byte {
	return fmt.Appendf(nil, `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%[2]s</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="%[1]s">
<meta http-equiv="refresh" content="0; url=%[1]s">
</head>
<body>
<main>
<h1>%[2]s</h1>
<p>%[4]s%[3]s: <a href="%[1]s">%[2]s</a>.</p>
</main>
</body>
</html>
`, html.EscapeString(to), html.EscapeString(title), french.NBSP, html.EscapeString(why))
}

// redirections are the pages at the former addresses of the indicators that were renamed.
func (e *edition) redirections(all []indicator.Indicator) []file {
	var out []file
	for i := range all {
		ind := &all[i]
		for _, old := range ind.Former {
			out = append(out, file{e.indicatorPath(old) + "index.html", redirection("../"+string(ind.ID)+"/", ind.Title, "Cette page a changé d’adresse")})
		}
	}
	return out
}
