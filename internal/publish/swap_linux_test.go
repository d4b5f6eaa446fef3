package publish

import "testing"

func TestRootOfAVolumeIsRefusedBeforeTheWork(t *testing.T) {
	if !mounted("/proc") || mounted(t.TempDir()) {
		t.Error("/proc is a mounted volume on Linux, a temporary directory is none")
	}
}
