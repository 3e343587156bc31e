package main

/*
#cgo pkg-config: sluicegate
#include <sluicegate.h>
*/
import "C"

import (
	"errors"
	"runtime"
	"unsafe"
)

// Database is a compiled set of classifiers, for any number of goroutines.
type Database struct{ handle *C.sg_database }

// Inspector holds the memory of scans. One goroutine uses it at a time.
type Inspector struct {
	database *Database
	scratch  *C.sg_scratch
	result   *C.sg_result
}

// Finding is a span of a message, in bytes.
type Finding struct {
	Classifier string
	Confidence int
	Start, End int
}

// failure takes an error of the library over.
func failure(handle *C.sg_error) error {
	defer C.sg_error_free(handle)
	text := C.GoString(C.sg_error_message(handle))
	if hint := C.GoString(C.sg_error_hint(handle)); hint != "" {
		text += "; " + hint
	}
	return errors.New(text)
}

// Builtin is the database of the built-in catalogue.
func Builtin() (*Database, error) {
	if C.sg_abi_version() != C.SG_ABI_VERSION {
		return nil, errors.New("the library was made for another header")
	}
	var fault *C.sg_error
	database := new(Database)
	if C.sg_database_builtin(&database.handle, &fault) != C.SG_STATUS_OK {
		return nil, failure(fault)
	}
	runtime.SetFinalizer(database, func(d *Database) { C.sg_database_free(d.handle) })
	return database, nil
}

// NewInspector makes memory for scans with a database.
func NewInspector(database *Database) (*Inspector, error) {
	var fault *C.sg_error
	inspector := &Inspector{database: database}
	if C.sg_scratch_new(&inspector.scratch, &fault) != C.SG_STATUS_OK {
		return nil, failure(fault)
	}
	runtime.SetFinalizer(inspector, func(i *Inspector) {
		C.sg_result_free(i.result)
		C.sg_scratch_free(i.scratch)
	})
	if C.sg_result_new(&inspector.result, &fault) != C.SG_STATUS_OK {
		return nil, failure(fault)
	}
	return inspector, nil
}

// Inspect finds everything in a message, which is read in place. The second value tells whether all
// of it was inspected.
func (i *Inspector) Inspect(message []byte) ([]Finding, bool, error) {
	defer runtime.KeepAlive(i)
	var first *C.uint8_t
	if len(message) > 0 {
		first = (*C.uint8_t)(unsafe.Pointer(&message[0]))
	}
	var fault *C.sg_error
	status := C.sg_scan(i.database.handle, i.scratch, first, C.size_t(len(message)), nil, i.result, &fault)
	if status != C.SG_STATUS_OK {
		return nil, false, failure(fault)
	}
	// These can't fail: the result is live and the places are there.
	var array *C.sg_finding
	var count C.size_t
	var completeness C.uint32_t
	C.sg_result_findings(i.result, &array, &count)
	C.sg_result_completeness(i.result, &completeness)
	findings := make([]Finding, 0, int(count))
	for _, found := range unsafe.Slice(array, int(count)) {
		var id *C.char
		C.sg_result_classifier_id(i.result, found.classifier, &id)
		findings = append(findings, Finding{
			Classifier: C.GoString(id),
			Confidence: int(found.confidence),
			Start:      int(found.start),
			End:        int(found.end),
		})
	}
	return findings, completeness == C.SG_COMPLETENESS_COMPLETE, nil
}
