package org.reassign.simulation.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** A value of a YAML or JSON file that knows where it stands. Its readers refuse what has the wrong type. */
record LocatedValue(String file, Node node) {
    /** The largest file: each value of it takes some hundred times its size in memory. */
    private static final int MOST_BYTES = 16 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int SHOWN = 200;
    private static final String KNOWN_TAGS = Tag.PREFIX + "(str|int|float|bool|null|timestamp|seq|map|merge|value)";

    /** Refuses a tag, which would mean nothing here, with {@link ScenarioException}. */
    LocatedValue {
        if (!node.getTag().getValue().matches(KNOWN_TAGS)) {
            throw new ScenarioException(file + ":" + (node.getStartMark().getLine() + 1) + ": the tag '"
                    + shown(node.getTag().getValue()) + "' is not understood; leave it out");
        }
    }

    /**
     * Reads a file; a missing or malformed one is a {@link ScenarioException}.
     *
     * @param form what a file of this kind holds, as the second half of a sentence
     */
    static LocatedValue read(Path path, String form) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ScenarioException(path + ":1: the file has more than " + MOST_BYTES
                        + " bytes; generate topics by 'count', and move them by 'shiftBy'");
            }
            return parse(
                    path.toString(),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    form);
        } catch (IOException e) {
            throw new ScenarioException(
                    path + " cannot be read (" + e.getClass().getSimpleName() + "); name a readable file in UTF-8", e);
        }
    }

    /** Reads a text that came from a file of this name; a byte order mark at its beginning is passed over. */
    static LocatedValue parse(String file, String marked, String form) {
        String text = marked.startsWith(BYTE_ORDER_MARK) ? marked.substring(1) : marked;
        boolean json = isJson(file, text);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES);
        try {
            Node root = new Yaml(options).compose(new StringReader(json ? withoutTabs(text) : text));
            if (root == null) {
                throw new ScenarioException(file + ":1: the file is empty; " + form);
            }
            return new LocatedValue(file, root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw malformed(file, line, json, e.getProblem(), e);
        } catch (ReaderException e) {
            int line = (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            throw malformed(
                    file, line, json, String.format("the character U+%04X is not allowed", e.getCodePoint()), e);
        } catch (YAMLException e) {
            throw malformed(file, 1, json, e.getMessage(), e);
        }
    }

    private static ScenarioException malformed(
            String file, int line, boolean json, String problem, YAMLException cause) {
        return new ScenarioException(
                file + ":" + line + ": this is no " + (json ? "JSON" : "YAML") + ": " + shown(problem), cause);
    }

    private static boolean isJson(String file, String text) {
        String begin = text.stripLeading();
        return file.endsWith(".json") || begin.startsWith("{") || begin.startsWith("[");
    }

    /** JSON may be indented by tabs, which YAML forbids; within strings it has none. */
    private static String withoutTabs(String text) {
        return text.replace('\t', ' ');
    }

    /** Text of others as it stands in a sentence: its beginning, on one line. */
    static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return cut.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** The line, counted from 1. */
    int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** A fault at this place. */
    ScenarioException fault(String sentence) {
        return new ScenarioException(file + ":" + line() + ": " + sentence);
    }

    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isText() {
        return node instanceof ScalarNode && !isNull();
    }

    /** The entries in the order written; {@code what} names the value in the sentence, such as "'topics'". */
    Map<LocatedValue, LocatedValue> entries(String what) {
        if (!(node instanceof MappingNode map)) {
            throw fault(what + " is " + shown() + ", which is no mapping of keys to values");
        }
        Map<LocatedValue, LocatedValue> entries = new LinkedHashMap<>();
        Map<String, LocatedValue> seen = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            LocatedValue key = new LocatedValue(file, tuple.getKeyNode());
            LocatedValue before = seen.putIfAbsent(key.text("a key in " + what), key);
            if (before != null) {
                throw key.fault(
                        what + " has the key '" + shown(key.text("")) + "' twice, first on line " + before.line());
            }
            entries.put(key, new LocatedValue(file, tuple.getValueNode()));
        }
        return entries;
    }

    /** The entries by key, where only certain keys are known. */
    Fields fields(String what, String... known) {
        Map<String, LocatedValue> byName = new LinkedHashMap<>();
        for (Map.Entry<LocatedValue, LocatedValue> entry : entries(what).entrySet()) {
            String key = entry.getKey().text(what);
            if (!List.of(known).contains(key)) {
                throw entry.getKey()
                        .fault("unknown key '" + shown(key) + "' in " + what + "; known are "
                                + String.join(", ", known));
            }
            byName.put(key, entry.getValue());
        }
        return new Fields(this, what, byName);
    }

    List<LocatedValue> list(String what) {
        if (!(node instanceof SequenceNode sequence)) {
            throw fault(what + " is " + shown() + ", which is no list");
        }
        List<LocatedValue> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new LocatedValue(file, item)));
        return items;
    }

    String text(String what) {
        if (!isText()) {
            throw fault(what + " is " + shown() + ", which is no text");
        }
        return ((ScalarNode) node).getValue();
    }

    int integer(String what) {
        if (!isText() || !text(what).matches("-?[0-9]{1,9}")) {
            boolean large = isText() && text(what).matches("-?[0-9]+");
            throw fault(what + " is " + shown() + ", which is "
                    + (large ? "beyond the largest number here, 999999999" : "no whole number"));
        }
        return Integer.parseInt(text(what));
    }

    /** A whole number from 1 to a limit. */
    int count(String what, int most) {
        int number = integer(what);
        if (number < 1 || number > most) {
            throw fault(what + " is " + number + "; it is at " + (number < 1 ? "least 1" : "most " + most));
        }
        return number;
    }

    boolean truth(String what) {
        if (!isText() || !text(what).matches("true|false")) {
            throw fault(what + " is " + shown() + ", which is neither true nor false");
        }
        return text(what).equals("true");
    }

    private String shown() {
        if (isNull()) {
            return "null";
        }
        if (node instanceof ScalarNode scalar) {
            return "'" + shown(scalar.getValue()) + "'";
        }
        return isMap() ? "a mapping" : "a list";
    }
}
