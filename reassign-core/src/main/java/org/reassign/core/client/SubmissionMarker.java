package org.reassign.core.client;

import java.util.ArrayList;
import java.util.List;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;

/**
 * The znode that shows how much of a submission is written: {@code /admin/reassignment_submission_ID}, empty, ephemeral.
 * The transaction of the first piece creates it, that of each further one rewrites it, conditional on the version that the
 * pieces before have given it. So a piece that was written already is refused by its first write, whatever has become of
 * the request since, and a session that ends leaves nothing behind.
 */
final class SubmissionMarker {
    private final String path;
    private int pieces;

    SubmissionMarker(String submission) {
        this.path = "/admin/reassignment_submission_" + submission;
    }

    String path() {
        return path;
    }

    /** The writes of the next piece with the marker's in front. */
    List<ZkWrite> with(List<ZkWrite> piece) {
        List<ZkWrite> writes = new ArrayList<>();
        writes.add(pieces == 0 ? ZkWrite.createEphemeral(path, "") : ZkWrite.setData(path, "", pieces - 1));
        writes.addAll(piece);
        return writes;
    }

    /** Whether this failure of {@link #with} says that the piece has been written before. */
    boolean saysWritten(Throwable failure) {
        ZkException.Code code = pieces == 0 ? ZkException.Code.NODE_EXISTS : ZkException.Code.BAD_VERSION;
        return failure instanceof ZkException e && e.code() == code && e.index() == 0;
    }

    /** The next piece is written. */
    void written() {
        pieces++;
    }
}
