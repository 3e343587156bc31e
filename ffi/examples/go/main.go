// A gateway in Go: reads messages (lines) from standard input and prints what is in each. Exit status
// 0 when nothing was found, 1 with findings, 2 on an error. With the path of a policy it passes its
// input on instead, as it comes and by what the policy allows, and tells the verdict on standard
// error; exit status 1 when something was redacted or blocked.
//
//	printf 'card 4111 1111 1111 1111\n' | go run .
//	printf 'card 4111 1111 1111 1111\n' | go run . policy.toml
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	clean, err := start(os.Args[1:])
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(2)
	case !clean:
		os.Exit(1)
	}
}

// start does what the arguments ask for, and returns whether there was nothing to find or change.
func start(arguments []string) (bool, error) {
	if len(arguments) == 0 {
		found, err := run(os.Stdin, os.Stdout)
		return found == 0, err
	}
	policy, err := os.ReadFile(arguments[0])
	if err != nil {
		return false, err
	}
	return guard(string(policy), os.Stdin, os.Stdout, os.Stderr)
}

// run inspects every line, and returns how many findings there were.
func run(input io.Reader, output io.Writer) (int, error) {
	database, err := Builtin()
	if err != nil {
		return 0, err
	}
	inspector, err := NewInspector(database)
	if err != nil {
		return 0, err
	}
	reader := bufio.NewReader(input)
	found := 0
	for number := 1; ; number++ {
		message, err := reader.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return found, err
		}
		if err != nil && len(message) == 0 {
			return found, nil
		}
		findings, complete, failed := inspector.Inspect(bytes.TrimSuffix(message, []byte("\n")))
		if failed != nil {
			return found, failed
		}
		for _, f := range findings {
			fmt.Fprintf(output, "%d: %s (%d) %d..%d\n", number, f.Classifier, f.Confidence, f.Start, f.End)
		}
		if !complete {
			fmt.Fprintf(output, "%d: not inspected to its end\n", number)
			found++
		}
		found += len(findings)
	}
}
