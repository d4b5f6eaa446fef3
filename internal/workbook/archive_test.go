package workbook_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"esms.example/atlas/internal/workbook"
)

func archive(t *testing.T, parts ...[2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		part, err := w.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRepackGivesTheSameBytesWhateverTheOrder(t *testing.T) {
	day := time.Date(2024, 5, 21, 0, 0, 0, 0, time.UTC)
	const head = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`
	a := `<Override PartName="/a.xml" ContentType="x/a"/>`
	b := `<Override PartName="/b.xml" ContentType="x/b"/><Default Extension="xml" ContentType="x/xml"/>`
	one, err := workbook.Repack(archive(t, [2]string{"a.xml", "A"}, [2]string{"[Content_Types].xml", head + a + b + "</Types>"}), day, workbook.SortTypes)
	if err != nil {
		t.Fatal(err)
	}
	two, err := workbook.Repack(archive(t, [2]string{"[Content_Types].xml", head + b + a + "</Types>"}, [2]string{"a.xml", "A"}), day, workbook.SortTypes)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Errorf("two orders of the same parts give %d and %d bytes that differ", len(one), len(two))
	}
	r, err := zip.NewReader(bytes.NewReader(one), int64(len(one)))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.File[0].Name; got != "[Content_Types].xml" || !r.File[0].Modified.Equal(day) {
		t.Errorf("first part %s of %v, want the list of parts, of %v", got, r.File[0].Modified, day)
	}
	list, err := r.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(list)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`Extension="xml"`, `PartName="/a.xml"`, `PartName="/b.xml"`} {
		at := strings.Index(string(data), want)
		if at < 0 {
			t.Fatalf("%s is not in order in %s", want, data)
		}
		data = data[at:]
	}
}

func TestRepackFailsOnWhatItCannotRepack(t *testing.T) {
	if _, err := workbook.Repack([]byte("no archive"), time.Time{}); err == nil {
		t.Error("no error for what is no archive")
	}
	fault := errors.New("fault")
	_, err := workbook.Repack(archive(t, [2]string{"a.xml", ""}), time.Time{}, func(string, []byte) ([]byte, error) { return nil, fault })
	if !errors.Is(err, fault) || !strings.Contains(err.Error(), "a.xml") {
		t.Errorf("error %v, want the fault of a.xml", err)
	}
}
