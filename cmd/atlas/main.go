// Command atlas makes the website of the regional atlas of the ESMS numérique programme
// from spreadsheets. It only wires the packages together, parses flags and prints; its
// help and messages are French.
//
// Exit codes: 0 done; 1 the inputs have errors, or the work failed; 2 wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"esms.example/atlas/internal/french"
	"esms.example/atlas/internal/problem"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes.
const (
	exitDone = iota
	exitFailed
	exitUsage
)

// usageError is a command line that means nothing.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// errInputs says that the inputs have errors, all of them already printed.
var errInputs = errors.New("les données ont des erreurs")

// run carries out a command line and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "atlas\u00a0: %s\nAide\u00a0: atlas --help\n", usage.message)
		return exitUsage
	case errors.Is(err, errInputs):
		return exitFailed
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "atlas\u00a0: interrompu, rien n’a été publié")
		return exitFailed
	}
	fmt.Fprintf(stderr, "atlas\u00a0: %s\n", inFrench(french.Typeset(err.Error())))
	return exitFailed
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "atlas",
		Short: "Fabrique le site de l’atlas régional du programme ESMS numérique",
		Long: "Fabrique le site de l’atlas régional du programme ESMS numérique à partir de classeurs Excel.\n\n" +
			"Codes de sortie\u00a0: 0 terminé\u202f; 1 les données ont des erreurs ou le travail a échoué\u202f; 2 commande mal écrite.",
		Args:          anyCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,

		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return noneEmpty(cmd) },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newBuild(), newCheck(), newServe(), newDemo(), newExplain(), newTemplate(), newFreeze())
	speakFrench(root)
	return root
}

// anyCommand refuses a word that is no command, with the nearest one.
func anyCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	message := fmt.Sprintf("«\u00a0%s\u00a0» n’est pas une commande", args[0])
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if near := problem.Nearest(args[0], names, french.Fold); near != "" {
		message += fmt.Sprintf("\u202f; vouliez-vous dire «\u00a0%s\u00a0»\u202f?", near)
	}
	return usageError{message}
}

// noneEmpty refuses an option that is given an empty value, as « --data "$VARIABLE" » does when the variable is unset:
// the default would be taken in its place.
func noneEmpty(cmd *cobra.Command) (err error) {
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if err == nil && f.Value.Type() == "string" && strings.TrimSpace(f.Value.String()) == "" {
			err = usageError{fmt.Sprintf("l’option --%s attend une valeur", f.Name)}
		}
	})
	return err
}

// exactly refuses any other number of arguments than those named, and empty ones.
func exactly(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		given := slices.IndexFunc(args, func(a string) bool { return strings.TrimSpace(a) == "" })
		if given < 0 {
			given = len(args)
		}
		switch {
		case given < len(names):
			return usageError{fmt.Sprintf("%s attend %s", cmd.Name(), names[given])}
		case len(args) > len(names):
			return usageError{fmt.Sprintf("%s ne sait que faire de «\u00a0%s\u00a0»", cmd.Name(), args[len(names)])}
		}
		return nil
	}
}

// speakFrench turns what cobra and pflag print into French, for every command.
func speakFrench(root *cobra.Command) {
	root.SetUsageTemplate(usageTemplate)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{flagMessage(err)} })
	root.SetHelpCommand(&cobra.Command{
		Use: "help [commande]", Short: "Affiche l’aide d’une commande",
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{fmt.Sprintf("pas d’aide pour «\u00a0%s\u00a0»", args[0])}
			}
			return target.Help()
		},
	})
	for _, cmd := range append(root.Commands(), root) {
		cmd.DisableFlagsInUseLine = true
		cmd.Flags().BoolP("help", "h", false, "affiche cette aide")
	}
}

func flagMessage(err error) string {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown):
		return fmt.Sprintf("l’option %s n’existe pas", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &missing):
		return fmt.Sprintf("l’option %s attend une valeur", dashed(missing.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return fmt.Sprintf("«\u00a0%s\u00a0» n’est pas une valeur de l’option --%s", invalid.GetValue(), invalid.GetFlag().Name)
	}
	return err.Error()
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

const usageTemplate = `Usage :
  {{if .HasAvailableSubCommands}}{{.CommandPath}} commande [options]{{else}}{{.UseLine}} [options]{{end}}{{if .HasAvailableSubCommands}}

Commandes :{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

Exemples :
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

Options :
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

«` + "\u00a0" + `{{.CommandPath}} commande --help` + "\u00a0" + `» en dit plus sur une commande.{{end}}
`
