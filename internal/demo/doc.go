// Package demo invents the demonstration editions: two states of one invented programme,
// written as real workbooks, whose totals, means and shares are those published of the
// real one. Every name says that it is invented.
//
// What is published is read from data/references, never repeated here; target.go turns it
// into counts and sums. The invention then goes from the whole to the parts, and each step
// keeps what the former ones fixed:
//
//  1. plan.go: how many projects each region decides in each period; who follows the
//     national ones; how many distinct ESSMS each region has, within the rounding of the
//     published figure; hence how many links, shared among projects by a heavy-tailed law.
//  2. profile.go: the dominant field and status, kind, grouping and infrastructures of
//     projects are dealt like cards, so that their counts are exact.
//  3. slots.go: the links of each project, more than half of the dominant field and status;
//     where each is. Border regions exchange as many links one way as the other.
//  4. register.go: links become ESSMS; those in two projects are pairs of links alike.
//     places.go draws communes, names.go names and numbers that cannot exist.
//  5. money.go: subsidies by the scale of 2022, scaled by period to the published means and
//     totals; envelopes that make the published rate of commitment. pay.go: what is paid.
//  6. surveys.go: files deposited, ESSMS that exist, uses, and the published figures themselves.
//
// edition.go sees the programme as the end of a year saw it; sheets.go and book.go write it.
package demo
