package org.reassign.api.model;

import java.util.Optional;
import java.util.regex.Pattern;
import org.reassign.api.Evolving;

/**
 * The outcome of an entry whose request asked for it to be kept. It lies in {@code /reassign/answers/NAME:T-P} as {@code
 * {"version":1,"answer":"refused","code":"UNKNOWN_BROKER","reason":"…"}}, with code and reason only where it was refused. NAME
 * is the request's {@code "submission"}, or its id where it has none. The controller creates the znode in the transaction in
 * which the entry ends; the first answer stands. The reader deletes it. The controller deletes answers that are a day old
 * when it begins to lead, and the oldest ones while there are too many: their names are to fit into one reply.
 *
 * @param name the name that the requester chose
 * @param partition which partition
 * @param outcome how the entry ended
 * @param refusal why, where it was refused
 */
@Evolving(since = "1.0")
public record KeptAnswer(String name, TopicPartition partition, Answer.Outcome outcome, Optional<Refusal> refusal) {
    /** Below this znode answers are kept. */
    public static final String ROOT = "/reassign/answers";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._@-]{1,300}");

    /** Whether answers can have this name: it becomes a part of a znode's name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The znode of the answer to an entry. */
    public static String path(String name, TopicPartition partition) {
        return ROOT + "/" + name + ":" + partition;
    }

    /** Its znode. */
    public String path() {
        return path(name, partition);
    }
}
