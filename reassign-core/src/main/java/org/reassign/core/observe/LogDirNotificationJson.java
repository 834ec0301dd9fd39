package org.reassign.core.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.OptionalInt;

/** The JSON of {@code /log_dir_event_notification/log_dir_event_N}: {@code {"version":1,"broker":3,"event":1}}. */
public final class LogDirNotificationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LogDirNotificationJson() {}

    /** The broker that has lost a log directory; empty where it cannot be understood. */
    public static OptionalInt broker(String text) {
        try {
            JsonNode broker = MAPPER.readTree(text).path("broker");
            return broker.canConvertToInt() && broker.isInt() ? OptionalInt.of(broker.intValue()) : OptionalInt.empty();
        } catch (JsonProcessingException e) {
            return OptionalInt.empty();
        }
    }
}
