package org.reassign.api.spi;

import java.util.Optional;
import org.reassign.api.Evolving;
import org.reassign.api.model.Replicas;

/**
 * How far one entry of a request has come.
 *
 * @param request the request's id
 * @param name the partition as written; the request's id where the whole of it was refused
 * @param target what the entry asked for; empty for a cancel and for a faulty entry
 * @param stage how far it has come
 */
@Evolving(since = "1.0")
public record Settlement(String request, String name, Optional<Replicas> target, Stage stage) {
    /** How far an entry can come. */
    public enum Stage {
        /** Its record is written: the controller can finish it without the request. */
        RECORDED,
        /** It has its answer: completed, superseded, cancelled, refused, unchanged or its topic deleted. */
        ANSWERED
    }
}
