package org.reassign.core.meter;

/**
 * How often each operation was asked for. The names are those of the reports.
 *
 * @param create creations of a znode
 * @param setData replacements of data
 * @param delete deletions
 * @param getData reads, with or without a watch
 * @param getChildren listings of children
 * @param exists reads of metadata; also what watches a znode that is absent
 * @param addWatch registrations of recursive watches
 * @param removeWatches removals of one-shot watches
 * @param check conditions in transactions
 */
public record Operations(
        long create,
        long setData,
        long delete,
        long getData,
        long getChildren,
        long exists,
        long addWatch,
        long removeWatches,
        long check) {
    /** None. */
    public static final Operations NONE = new Operations(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** The sum. */
    public Operations plus(Operations other) {
        return new Operations(
                create + other.create,
                setData + other.setData,
                delete + other.delete,
                getData + other.getData,
                getChildren + other.getChildren,
                exists + other.exists,
                addWatch + other.addWatch,
                removeWatches + other.removeWatches,
                check + other.check);
    }

    /** All that changes znodes: creations, replacements and deletions, without checks. */
    public long writes() {
        return create + setData + delete;
    }
}
