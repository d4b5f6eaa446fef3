package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"esms.example/atlas/internal/publish"
)

// The faults: the real command is killed, starved, refused, raced and misled. Whatever happens, the published
// site is a whole one, and the message says what happened.

// workshop is a place where the command builds a small site.
type workshop struct {
	home, data, out string
}

func newWorkshop(t *testing.T) workshop {
	t.Helper()
	dir := t.TempDir()
	project, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	w := workshop{home: filepath.Join(dir, "home"), data: filepath.Join(dir, "donnees"), out: filepath.Join(dir, "sortie", "site")}
	for _, name := range []string{filepath.Dir(w.out), w.edition()} {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w.furnish(t, project)
	w.corsica(t)
	w.write(t, "edition.toml", []byte("titre = \"Atlas\"\ndate_arret = 2023-12-31\ndate_publication = 2024-05-15\nstatut = \"provisoire\"\n"))
	w.write(t, "tout.xlsx", smallBook(t, 100_000))
	return w
}

// corsica leaves one region and its departments of the territories, so that a build is short.
func (w workshop) corsica(t *testing.T) {
	t.Helper()
	from, to := filepath.Join(w.home, "data", "territoires"), filepath.Join(w.data, "territoires")
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, kept := range map[string]*regexp.Regexp{
		"regions.csv": regexp.MustCompile(`^(code|94),`), "departements.csv": regexp.MustCompile(`^(code|2[AB]),`), "communes.csv": regexp.MustCompile(`^(code|2[AB]\d+),`),
	} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for line := range strings.Lines(string(data)) {
			if kept.MatchString(line) {
				lines = append(lines, line)
			}
		}
		if err := os.WriteFile(filepath.Join(to, name), []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, kept := range map[string][]string{"regions.geojson": {"94"}, "departements.geojson": {"2A", "2B"}} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			t.Fatal(err)
		}
		var all struct {
			Type     string           `json:"type"`
			Features []map[string]any `json:"features"`
		}
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		all.Features = slices.DeleteFunc(all.Features, func(f map[string]any) bool {
			properties, _ := f["properties"].(map[string]any)
			code, _ := properties["code"].(string)
			return !slices.Contains(kept, code)
		})
		if data, err = json.Marshal(all); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// furnish gives the workshop a project of its own with all that a build reads but the scripts made by bundling,
// which take longer than all the rest. The drawings made before are at hand.
func (w workshop) furnish(t *testing.T, project string) {
	t.Helper()
	parts := []string{"content", "data", "templates", ".cache"}
	assets, err := os.ReadDir(filepath.Join(project, "assets"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range assets {
		if e.Name() != "scripts" {
			parts = append(parts, filepath.Join("assets", e.Name()))
		}
	}
	err = errors.Join(os.MkdirAll(filepath.Join(project, ".cache"), 0o755), os.MkdirAll(filepath.Join(w.home, "assets"), 0o755))
	for _, name := range parts {
		err = errors.Join(err, os.Symlink(filepath.Join(project, name), filepath.Join(w.home, name)))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// ownCache gives the workshop a cache that anyone may write.
func (w workshop) ownCache(t *testing.T) {
	t.Helper()
	if err := os.Remove(filepath.Join(w.home, ".cache")); err != nil {
		t.Fatal(err)
	}
}

func (w workshop) edition() string { return filepath.Join(w.data, "editions", "2023") }

func (w workshop) write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.edition(), name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// smallBook is a workbook of one project of that subsidy.
func smallBook(t *testing.T, subsidy float64) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	rows := map[string][][]any{
		"Projets": {{"N° de projet", "Intitulé", "Organisme porteur", "Portée", "Région", "Phase", "Date de décision", "Type de projet", "Subvention (€)"},
			{"P1", "Un DUI", "Les Tilleuls", "régional", "Corse", "Généralisation", time.Date(2023, 5, 2, 0, 0, 0, 0, time.UTC), "Acquisition", subsidy}},
		"ESSMS": {{"N° FINESS", "N° de projet", "Raison sociale", "Catégorie", "Statut", "Commune"},
			{"2A0000001", "P1", "EHPAD des Tilleuls", "500", "public", "2A004"}},
	}
	for sheet, lines := range rows {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, line := range lines {
			if err := f.SetSheetRow(sheet, "A"+strconv.Itoa(i+1), &line); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// command is a build of the small site by the real command.
func (w workshop) command(t *testing.T) (*exec.Cmd, *strings.Builder) {
	t.Helper()
	program, err := exec.LookPath("atlas") // that of TestMain
	if err != nil {
		t.Fatal(err)
	}
	said := &strings.Builder{}
	cmd := exec.Command(program, "build", "--skip-factsheets", "--skip-images", "--skip-archives", "--data", w.data, "--out", w.out)
	cmd.Env = append(os.Environ(), "ATLAS_HOME="+w.home)
	cmd.Stdout, cmd.Stderr = said, said
	return cmd, said
}

// build builds, wants that exit code, and returns what was said.
func (w workshop) build(t *testing.T, want int) string {
	t.Helper()
	cmd, said := w.command(t)
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != want {
		t.Fatalf("got exit %v, want %d\n%s", err, want, said)
	}
	return said.String()
}

// manifest is that of the published site, which must be whole: every file listed, as its digest says, and no other.
func (w workshop) manifest(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(w.out, publish.Manifest))
	if err != nil {
		t.Fatalf("the published site has no manifest: %v", err)
	}
	listed := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		listed[name] = sum
	}
	if listed["index.html"] == "" || listed["2023/index.html"] == "" {
		t.Errorf("the manifest lists %d files, and no home", len(listed))
	}
	err = filepath.WalkDir(w.out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(w.out, name)
		if rel == publish.Manifest {
			return err
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != listed[filepath.ToSlash(rel)] {
			t.Errorf("%s is not the file that the manifest lists", rel)
		}
		delete(listed, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range listed {
		t.Errorf("%s is listed, and missing", name)
	}
	return string(text)
}

// clean wants nothing beside the site but the lock.
func (w workshop) clean(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(w.out))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != "site" && name != ".site.lock" {
			t.Errorf("beside the site remains %s", name)
		}
	}
}

// TestABuildKilledAtAnyMomentLeavesAWholeSite kills a hundred builds, ten with -short. The moments are drawn
// from the same seed each time, over the time that a whole build takes.
func TestABuildKilledAtAnyMomentLeavesAWholeSite(t *testing.T) {
	kills := 100
	if testing.Short() {
		kills = 10
	}
	w := newWorkshop(t)
	books := [][]byte{smallBook(t, 100_000), smallBook(t, 234_567)}
	whole := map[string]bool{}
	var lasts time.Duration
	for _, book := range books {
		w.write(t, "tout.xlsx", book)
		start := time.Now()
		w.build(t, 0)
		lasts = time.Since(start)
		whole[w.manifest(t)] = true
	}
	if len(whole) != 2 {
		t.Fatal("two workbooks gave the same site")
	}
	moments := rand.New(rand.NewPCG(7, 7))
	killed := 0
	for i := range kills {
		w.write(t, "tout.xlsx", books[i%2])
		cmd, _ := w.command(t)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		end := time.AfterFunc(time.Duration(moments.Float64()*float64(lasts)), func() { cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil {
			killed++
		}
		end.Stop()
		if !whole[w.manifest(t)] {
			t.Fatalf("kill %d: the site is neither the one nor the other", i)
		}
	}
	if killed < kills/2 {
		t.Errorf("only %d of %d builds were killed", killed, kills)
	}
	w.build(t, 0)
	w.manifest(t)
	w.clean(t)
}

// fill leaves 64 kB on a disk: less than the pages that one changed cell rewrites.
func fill(t *testing.T, disk string) {
	t.Helper()
	var room syscall.Statfs_t
	if err := syscall.Statfs(disk, &room); err != nil {
		t.Fatal(err)
	}
	ballast := make([]byte, max(0, int64(room.Bavail)*room.Bsize-64<<10))
	if err := os.WriteFile(filepath.Join(disk, "lest"), ballast, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAFullDiskLeavesTheFormerSite(t *testing.T) {
	w := newWorkshop(t)
	w.build(t, 0)
	size := int64(0)
	err := filepath.WalkDir(w.out, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		size += (info.Size() + 4095) / 4096 * 4096
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	disk := filepath.Join(t.TempDir(), "disque")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size="+strconv.FormatInt(size*7/5, 10)); err != nil {
		t.Skipf("a small disk cannot be made here (mount: %v): only the administrator of a machine may", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	w.out = filepath.Join(disk, "site")
	w.build(t, 0) // one site fits
	former := w.manifest(t)
	fill(t, disk)
	w.write(t, "tout.xlsx", smallBook(t, 234_567))
	if said := w.build(t, 1); !strings.Contains(said, "il n’y a plus de place sur le disque") {
		t.Errorf("said\n%s", said)
	}
	if w.manifest(t) != former {
		t.Error("the site changed")
	}
	if err := os.Remove(filepath.Join(disk, "lest")); err != nil {
		t.Fatal(err)
	}
	w.clean(t)
}

// TestAMissingRightIsSaid runs as nobody when it is run by the administrator, whom no right stops.
func TestAMissingRightIsSaid(t *testing.T) {
	w := newWorkshop(t)
	w.ownCache(t)
	w.build(t, 0)
	former := w.manifest(t)
	for _, c := range []struct {
		name, path  string
		mode        fs.FileMode
		where, want string
	}{
		{"an unreadable workbook", filepath.Join(w.edition(), "tout.xlsx"), 0, "tout.xlsx", "le droit de lire le fichier manque"},
		{"an unreadable directory", w.edition(), 0, "editions/2023", "le droit d’accès manque"},
		{"a place that cannot be written", filepath.Dir(w.out), 0o555, "sortie", "le droit d’accès manque"},
	} {
		t.Run(c.name, func(t *testing.T) {
			info, err := os.Stat(c.path)
			if err != nil {
				t.Fatal(err)
			}
			cmd, said := w.command(t)
			unprivileged(t, cmd, w)
			if err := os.Chmod(c.path, c.mode); err != nil {
				t.Fatal(err)
			}
			err = cmd.Run()
			if err := os.Chmod(c.path, info.Mode()); err != nil {
				t.Fatal(err)
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(said.String(), c.where) || !strings.Contains(said.String(), c.want) {
				t.Errorf("got %v, want exit 1 and a message that names %s: %s\n%s", err, c.where, c.want, said)
			}
			if w.manifest(t) != former {
				t.Error("the site changed")
			}
		})
	}
}

// nobody is the number of the user, and of the group, that has no right.
const nobody = 65534

// unprivileged makes the administrator run a command as nobody, in a place of nobody's.
func unprivileged(t *testing.T, cmd *exec.Cmd, w workshop) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	if runtime.GOOS != "linux" {
		t.Skip("the administrator is stopped by no right")
	}
	root := filepath.Dir(w.data)
	err := filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(name, nobody, nobody)
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir := root; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(cmd.Path)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Path = filepath.Join(root, "atlas")
	cmd.Args[0] = cmd.Path
	if err := os.WriteFile(cmd.Path, data, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(cmd.Env, "HOME="+root, "TMPDIR="+root)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	probe := exec.Command("test", "-r", filepath.Join(w.home, "templates", "_layout.html"))
	probe.SysProcAttr = cmd.SysProcAttr
	if err := probe.Run(); err != nil {
		t.Skipf("nobody may not read the project itself: %v", err)
	}
}

func TestTwoBuildsAtOnceDoNotMix(t *testing.T) {
	w := newWorkshop(t)
	w.build(t, 0)
	former := w.manifest(t)
	stage, err := publish.Open(w.out)
	if err != nil {
		t.Fatal(err)
	}
	w.write(t, "tout.xlsx", smallBook(t, 234_567))
	if said := w.build(t, 1); !strings.Contains(said, "une autre construction") {
		t.Errorf("said\n%s", said)
	}
	if w.manifest(t) != former {
		t.Error("the site changed")
	}
	if err := stage.Abort(); err != nil {
		t.Fatal(err)
	}

	var group sync.WaitGroup
	succeeded := make([]bool, 3)
	for i := range succeeded {
		cmd, said := w.command(t)
		group.Go(func() {
			err := cmd.Run()
			if succeeded[i] = err == nil; !succeeded[i] && !strings.Contains(said.String(), "une autre construction") {
				t.Errorf("%v\n%s", err, said)
			}
		})
	}
	group.Wait()
	if !succeeded[0] && !succeeded[1] && !succeeded[2] {
		t.Error("none of three builds at once succeeded")
	}
	if w.manifest(t) == former {
		t.Error("the site is still the former one")
	}
	w.clean(t)
}

// TestAWorkbookThatChangesWhileItIsReadGivesOneSiteOrNone writes a workbook over and over, in pieces, while the
// command reads it.
func TestAWorkbookThatChangesWhileItIsReadGivesOneSiteOrNone(t *testing.T) {
	w := newWorkshop(t)
	books := [][]byte{smallBook(t, 100_000), smallBook(t, 234_567)}
	figures := map[string]bool{}
	for _, book := range books {
		w.write(t, "tout.xlsx", book)
		w.build(t, 0)
		figures[w.figures(t)] = true
	}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			f, err := os.Create(filepath.Join(w.edition(), "tout.xlsx"))
			if err != nil {
				stopped <- err
				return
			}
			book := books[i%2]
			for len(book) > 0 {
				n := min(len(book), 2000)
				f.Write(book[:n])
				book = book[n:]
				time.Sleep(time.Millisecond)
			}
			f.Close()
			time.Sleep(3 * time.Millisecond)
		}
	}()
	builds := 10
	if testing.Short() {
		builds = 3
	}
	for range builds {
		cmd, said := w.command(t)
		if err := cmd.Run(); err != nil && (cmd.ProcessState.ExitCode() != 1 || !strings.Contains(said.String(), "tout.xlsx")) {
			t.Errorf("%v\n%s", err, said)
		}
		w.manifest(t)
		if !figures[w.figures(t)] {
			t.Error("the figures are neither those of the one workbook nor those of the other")
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
}

// figures are those of the published edition.
func (w workshop) figures(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.out, "2023", "donnees", "indicateurs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
