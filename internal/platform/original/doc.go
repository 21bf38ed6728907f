// Package original moves data of the original system into the modules' databases: `agrovet import original`.
//
// It knows no module. Each has a [Part]: which of the original's tables it takes, by which SQL, and what it tells
// of ids to others. [Run.Do] works them off, in their order:
//
//  1. Stage (stage.go). Rows are copied as they are from a [Source], by COPY into COPY, into unlogged tables of a
//     schema beside the module's (chat_original). They are a queue: what is done with is deleted from it.
//  2. Take (step.go). SQL of the part moves batches of them into the module's tables. Of each row that was read
//     it then stands there, or a line of original_note says that it was merged or rejected and by which rule;
//     a batch of which this does not hold for every row is not committed. Batch, notes and counts are
//     one transaction, so a run that is killed loses and repeats nothing.
//  3. Sequences are set behind the ids that came.
//  4. Late steps follow when all parts have come so far, for what depends on what the others took.
//
// A later run reads only rows with ids above those read before, those that were committed late (late.go), rows that
// changed, and small tables whose rows change without saying so, which are compared anew. A dry run is the very same in one transaction that is
// rolled back, so its numbers are those of the run that follows.
//
// All of a source is read at one moment (repeatable read). Moments of several databases differ: auth's is the
// last, so that whoever is referred to is known.
package original
