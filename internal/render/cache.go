package render

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"strings"
)

// cache keeps drawings, as the worker made them, in files named by the digest of what
// they depend on. It never fails: what cannot be read or written is drawn again.
type cache struct {
	dir         string
	suffix      string // of its files: « .svg »
	fingerprint []byte
}

// A file of the cache is its own digest in hexadecimal, a line feed and the drawing, so
// that a truncated or altered one is seen.
func (c cache) get(key string) (string, bool) {
	if c.dir == "" {
		return "", false
	}
	content, err := os.ReadFile(c.path(key))
	if err != nil {
		return "", false
	}
	seal, raw, found := strings.Cut(string(content), "\n")
	if !found || seal != sealOf(raw) {
		return "", false
	}
	return raw, true
}

func (c cache) put(key, raw string) {
	if c.dir == "" || os.MkdirAll(filepath.Dir(c.path(key)), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(c.path(key)), ".new-*")
	if err != nil {
		return
	}
	_, writeErr := f.WriteString(sealOf(raw) + "\n" + raw)
	if closeErr := f.Close(); writeErr != nil || closeErr != nil || os.Rename(f.Name(), c.path(key)) != nil {
		os.Remove(f.Name())
	}
}

func (c cache) path(key string) string { return filepath.Join(c.dir, key[:2], key[2:]+c.suffix) }

// key digests the request and the renderer. Two spellings of one JSON value share a key.
func (c cache) key(r request) (string, error) {
	var option any
	if err := json.Unmarshal(r.Option, &option); err != nil {
		return "", fmt.Errorf("reading its option: %w", err)
	}
	canonical, err := json.Marshal(option)
	if err != nil {
		return "", fmt.Errorf("writing its option: %w", err)
	}
	d := newDigest()
	d.part(c.fingerprint)
	d.part([]byte(fmt.Sprintf("%s %d %d %d %d", r.Kind, r.Width, r.Height, r.Pages, r.Timestamp)))
	d.part([]byte(r.Template))
	d.part(canonical)
	return hex.EncodeToString(d.sum()), nil
}

func sealOf(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:])
}

// digest hashes a sequence of parts, so that no two sequences hash the same bytes.
type digest struct{ h hash.Hash }

func newDigest() digest { return digest{sha256.New()} }

func (d digest) part(b []byte) {
	d.h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(b))))
	d.h.Write(b)
}

func (d digest) sum() []byte { return d.h.Sum(nil) }
