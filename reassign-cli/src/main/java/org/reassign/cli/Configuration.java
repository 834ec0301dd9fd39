package org.reassign.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** A {@code --config} file: YAML, or properties where its name says so, as flat keys and texts. */
final class Configuration {
    private Configuration() {}

    /** The keys with dots between levels; empty without a file. */
    static SortedMap<String, String> read(Path file) {
        SortedMap<String, String> values = new TreeMap<>();
        if (file == null) {
            return values;
        }
        try (Reader reader = new StringReader(withoutMark(Files.readString(file)))) {
            if (file.toString().endsWith(".properties")) {
                Properties properties = new Properties();
                properties.load(reader);
                properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
                return values;
            }
            JsonNode tree = new YAMLMapper().readTree(reader);
            if (!tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
                throw new UsageException(file + " holds no keys; write lines such as 'storage-layout: consolidated'");
            }
            flatten("", tree, values, file);
            return values;
        } catch (NoSuchFileException e) {
            throw new UsageException(file + " does not exist; name a YAML or .properties file", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    file + " cannot be read as a configuration ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "); name a YAML or .properties file",
                    e);
        }
    }

    /** Some editors begin a file with a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static void flatten(String prefix, JsonNode tree, SortedMap<String, String> values, Path file) {
        tree.properties().forEach(field -> {
            String key = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(key + ".", value, values, file);
                return;
            }
            if (!value.isValueNode() || value.isNull()) {
                throw new UsageException(file + ": '" + key + "' is no text; write one value");
            }
            values.put(key, value.asText());
        });
    }
}
