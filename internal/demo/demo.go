package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"esms.example/atlas/internal/atlas"
)

// Years lists the demonstration editions, ascending.
func Years() []int { return []int{lastYear - 1, lastYear} }

// mark begins the edition.toml of a demonstration edition: without it a directory is somebody's.
const mark = "# Édition de démonstration, écrite par «\u00a0atlas demo\u00a0»"

// Write writes the demonstration editions as dir/<year>/edition.toml and workbooks; it
// replaces those of a former demonstration. refs is data/references. The same references and
// gazetteer give the same bytes. It fails, having written nothing, when a directory holds an
// edition that is no demonstration or the references lack a figure to calibrate on; and when a
// file cannot be written.
func Write(dir string, refs fs.FS, g *atlas.Gazetteer) error {
	for _, year := range Years() {
		if err := replaceable(filepath.Join(dir, strconv.Itoa(year))); err != nil {
			return err
		}
	}
	ref, err := readPublished(refs)
	if err != nil {
		return err
	}
	programme, err := invent(ref, g)
	if err != nil {
		return fmt.Errorf("invention du programme de démonstration : %w", err)
	}
	for _, year := range Years() {
		if err := writeEdition(filepath.Join(dir, strconv.Itoa(year)), programme, year); err != nil {
			return fmt.Errorf("écriture de l’édition de démonstration %d : %w", year, err)
		}
	}
	return nil
}

// replaceable fails when a directory holds anything but a demonstration edition.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	about, err := os.ReadFile(filepath.Join(dir, "edition.toml"))
	if err != nil || !strings.HasPrefix(string(about), mark) {
		return fmt.Errorf("%s contient autre chose qu’une édition de démonstration : rien n’y est remplacé ; donnez un autre dossier", dir)
	}
	return nil
}

func writeEdition(dir string, p *programme, year int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	ds := p.at(year)
	if err := os.WriteFile(filepath.Join(dir, "edition.toml"), []byte(describeEdition(ds.Edition)), 0o644); err != nil {
		return err
	}
	for name, sheets := range workbooks(ds) {
		data, err := encode(properties{
			title:       ds.Edition.Title + " – " + strings.TrimSuffix(name, ".xlsx"),
			description: "Données inventées pour la démonstration : ni les organismes, ni les ESSMS, ni les montants n’existent.",
			on:          ds.Edition.PublishedOn,
		}, sheets)
		if err != nil {
			return fmt.Errorf("%s : %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// describeEdition writes edition.toml.
func describeEdition(e atlas.Edition) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\u00a0: tout y est inventé.\n", mark)
	fmt.Fprintf(&b, "titre = %s\n", quote(e.Title))
	fmt.Fprintf(&b, "date_arret = %s\n", e.DataState.Format("2006-01-02"))
	fmt.Fprintf(&b, "date_publication = %s\n", e.PublishedOn.Format("2006-01-02"))
	fmt.Fprintf(&b, "statut = %s\n", quote(string(e.State)))
	fmt.Fprintf(&b, "notes = [\n")
	for _, n := range notes {
		fmt.Fprintf(&b, "  %s,\n", quote(n))
	}
	fmt.Fprintf(&b, "]\n\n[arrondi]\nessms_finances = [")
	for i, s := range essmsRounding {
		if i > 0 {
			b.WriteString(", ")
		}
		if s.Below > 0 {
			fmt.Fprintf(&b, "{jusqu_a = %v, pas = %v}", s.Below, s.Step)
		} else {
			fmt.Fprintf(&b, "{pas = %v}", s.Step)
		}
	}
	b.WriteString("]\n")
	return b.String()
}

// quote writes a TOML basic string; French spaces stay as they are.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// notes are printed on the home page of the editions.
var notes = []string{
	"Les projets, les organismes, les ESSMS et les montants de cette édition sont inventés ; ils sont calés sur les totaux, les moyennes et les parts rendus publics par la CNSA et par la presse.",
	"Les noms portent tous la mention « fictif » ou « fictive ». Les numéros FINESS de la série 99 et les numéros SIREN de la série 000 n’ont pas été attribués.",
	"Les enveloppes régionales de 2023 sont celles qui ont été publiées ; celles de 2021 et de 2022, les candidatures, le parc et les usages sont inventés.",
	"Un projet national n’a rien répondu : les parts des projets nationaux sont calculées sur les autres.",
}
