package site

import (
	"fmt"
	"strings"
	"time"
)

// Policy is the content security policy that the site obeys, and that web servers must announce.
const Policy = MetaPolicy + "; frame-ancestors *"

// MetaPolicy is the part of the policy that a page may announce by itself.
const MetaPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"

// Header is a header of HTTP.
type Header struct{ Name, Value string }

// Headers are what web servers must say with every file of the site, in their order. Any page may be framed
// and any file read from another site: all is public, and there is nothing to steal.
func Headers() []Header {
	return []Header{
		{"Content-Security-Policy", Policy},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"},
		{"Access-Control-Allow-Origin", "*"},
	}
}

// securityPath is where those who found a weakness look for whom to tell.
const securityPath = ".well-known/security.txt"

// securityText is security.txt (RFC 9116): nothing unless site.toml gives a sound contact and date.
func (c *composer) securityText() []file {
	contact := c.settings.securityContact()
	day, dated := c.settings.expires()
	if contact == "" || !dated {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Contact: %s\nExpires: %s\nPreferred-Languages: fr, en\n", contact, day.UTC().Format(time.RFC3339))
	if c.base != "/" {
		fmt.Fprintf(&b, "Canonical: %s%s\n", c.base, securityPath)
	}
	return []file{{securityPath, []byte(b.String())}}
}
