package org.reassign.core.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;

/** The znode of a {@link KeptAnswer}. */
public final class AnswerJson {
    private static final Set<String> KNOWN = Set.of("version", "answer", "code", "reason");

    private AnswerJson() {}

    /** Keeps an answer. */
    public static ZkWrite create(KeptAnswer answer) {
        return ZkWrite.create(answer.path(), JsonText.object(json -> {
            json.writeNumberField("version", 1);
            json.writeStringField("answer", text(answer.outcome()));
            if (answer.refusal().isPresent()) {
                json.writeStringField("code", answer.refusal().get().code().name());
                json.writeStringField("reason", answer.refusal().get().sentence());
            }
        }));
    }

    /** Reads an answer; empty where the text holds none. */
    public static Optional<KeptAnswer> decode(String name, TopicPartition partition, String text) {
        return JsonText.parse(text, KNOWN).flatMap(json -> {
            Optional<Outcome> outcome =
                    named(Outcome.values(), AnswerJson::text, json.get("answer").asText());
            Optional<Refusal> refusal = named(
                            Refusal.Code.values(), Enum::name, json.get("code").asText())
                    .map(code -> new Refusal(code, json.get("reason").asText()));
            return outcome.filter(one -> one != Outcome.REFUSED || refusal.isPresent())
                    .map(one -> new KeptAnswer(name, partition, one, refusal));
        });
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, Function<E, String> text, String wanted) {
        return Arrays.stream(values)
                .filter(value -> text.apply(value).equals(wanted))
                .findFirst();
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
