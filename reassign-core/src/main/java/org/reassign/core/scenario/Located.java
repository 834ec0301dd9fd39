package org.reassign.core.scenario;

import java.io.IOException;
import java.io.StringReader;
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

/** A value of a YAML or JSON file that knows where it stands. Its readers refuse what has the wrong type. */
record Located(String file, Node node) {
    /** Reads a file; a missing or malformed one is a {@link ScenarioException}. */
    static Located read(Path path) {
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new ScenarioException(
                    path + " cannot be read (" + e.getClass().getSimpleName() + "); name a readable file in UTF-8", e);
        }
    }

    /** Reads a text that came from a file of this name. */
    static Located parse(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw new ScenarioException(file + ":1: the file is empty; it needs at least name, brokers and steps");
            }
            return new Located(file, root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ScenarioException(file + ":" + line + ": this is no YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new ScenarioException(file + ":1: this is no YAML: " + e.getMessage(), e);
        }
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
    Map<Located, Located> entries(String what) {
        if (!(node instanceof MappingNode map)) {
            throw fault(what + " is " + shown() + ", which is no mapping of keys to values");
        }
        Map<Located, Located> entries = new LinkedHashMap<>();
        Map<String, Located> seen = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Located key = new Located(file, tuple.getKeyNode());
            Located before = seen.putIfAbsent(key.text("a key in " + what), key);
            if (before != null) {
                throw key.fault(what + " has the key '" + key.text("") + "' twice, first on line " + before.line());
            }
            entries.put(key, new Located(file, tuple.getValueNode()));
        }
        return entries;
    }

    /** The entries by key, where only certain keys are known. */
    Fields fields(String what, String... known) {
        Map<String, Located> byName = new LinkedHashMap<>();
        for (Map.Entry<Located, Located> entry : entries(what).entrySet()) {
            String key = entry.getKey().text(what);
            if (!List.of(known).contains(key)) {
                throw entry.getKey()
                        .fault("unknown key '" + key + "' in " + what + "; known are " + String.join(", ", known));
            }
            byName.put(key, entry.getValue());
        }
        return new Fields(this, what, byName);
    }

    List<Located> list(String what) {
        if (!(node instanceof SequenceNode sequence)) {
            throw fault(what + " is " + shown() + ", which is no list");
        }
        List<Located> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(new Located(file, item)));
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
            throw fault(what + " is " + shown() + ", which is no whole number");
        }
        return Integer.parseInt(text(what));
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
            return "'" + scalar.getValue() + "'";
        }
        return isMap() ? "a mapping" : "a list";
    }
}
