// Package browser holds the tests that look at the finished site as its readers' browsers
// do: every link resolves, every kind of page opens in Chromium with and without scripts
// under the strict policy, fits a narrow screen and passes axe. It has no code of its own.
package browser
