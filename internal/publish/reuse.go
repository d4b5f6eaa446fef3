package publish

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// put makes a file of the stage: a second link to the published file where that one is, byte for
// byte and now, what is wanted; else a new file. It tells which. A file once published is never
// written to, so both sites stay whole whatever happens; and a published file that was
// altered is not found equal, hence made anew.
func (s *Stage) put(name string, data []byte) (reused bool, err error) {
	to := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := s.makeRoom(path.Dir(name)); err != nil {
		return false, err
	}
	if from := filepath.Join(s.out, filepath.FromSlash(name)); s.holds(from, data) && os.Link(from, to) == nil {
		return true, nil
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return false, err
	}
	_, err = f.Write(data)
	return false, errors.Join(err, f.Close())
}

// Published returns a file of the site that is published, nil unless it is there and is what its manifest says. The
// caller must not change it.
func (s *Stage) Published(name string) []byte {
	content, err := os.ReadFile(filepath.Join(s.out, filepath.FromSlash(name)))
	if sum := sha256.Sum256(content); err != nil || s.former()[name] != hex.EncodeToString(sum[:]) {
		return nil
	}
	return content
}

// takeOver makes a file of the stage a second link to the published one, of which Published gave the content.
func (s *Stage) takeOver(name string) error {
	from := filepath.Join(s.out, filepath.FromSlash(name))
	if info, err := os.Lstat(from); err != nil || info.Mode() != s.mode {
		return cmp.Or(err, fs.ErrInvalid)
	}
	if err := s.makeRoom(path.Dir(name)); err != nil {
		return err
	}
	return os.Link(from, filepath.Join(s.dir, filepath.FromSlash(name)))
}

// holds reports whether a published file is a plain one, as readable as a new one would be, that
// holds exactly data.
func (s *Stage) holds(name string, data []byte) bool {
	info, err := os.Lstat(name)
	if err != nil || info.Mode() != s.mode || info.Size() != int64(len(data)) {
		return false
	}
	content, err := os.ReadFile(name)
	return err == nil && bytes.Equal(content, data)
}

// makeRoom makes a directory of the stage, once.
func (s *Stage) makeRoom(dir string) error {
	if _, made := s.rooms.Load(dir); made {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(s.dir, filepath.FromSlash(dir)), 0o755); err != nil {
		return err
	}
	s.rooms.Store(dir, true)
	return nil
}

// modeOf is the mode that this system and this user give to new files.
func modeOf(name string) (fs.FileMode, error) {
	info, err := os.Lstat(name)
	if err != nil {
		return 0, err
	}
	return info.Mode(), nil
}

// Reused returns how many of the files written so far are those of the published site, which did
// not change.
func (s *Stage) Reused() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reused
}
