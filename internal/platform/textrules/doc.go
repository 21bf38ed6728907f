// Package textrules finds what staff should look at in what people write: ways around the platform, how
// somebody wants to be paid, the same text many times. What is done about a finding is its module's
// business.
//
// A module puts together [Rules]: of those that are here ([AdvancePayment], [MoneyTransfer],
// [VerificationCode], [PhoneNumber], [Link], [OutsideContact]), of phrases of its own ([Phrases]), and of
// what only it can tell ([Detector]). It reads each text once ([Read]) and lets them examine it. Findings
// have a fingerprint, so that one which staff has decided on does not come back while the text stays.
//
// The rules are written so that what the trade says every day ("anticipo de 24 horas de ayuno", ear tags,
// weights, formulas, registrations) does not fill a queue; where they are in doubt about money, they
// speak. The package reads nothing but its arguments, and its time grows with the length of the text
// alone.
package textrules
