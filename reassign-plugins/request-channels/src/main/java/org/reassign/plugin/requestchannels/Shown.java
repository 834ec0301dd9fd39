package org.reassign.plugin.requestchannels;

/** Text of others as it stands in names and sentences: on one line, printable, and of bounded length. */
final class Shown {
    private static final int CUT = 100;
    /** The longest name that a topic can have. */
    private static final int WHOLE = 249;

    private static final int PATH = 300;

    private Shown() {}

    /** A value: its JSON, cut where it is long. */
    static String cut(JsonTree value) {
        return cut(value.write());
    }

    /** The beginning of a text. */
    static String cut(String text) {
        return text.length() <= CUT ? printable(text) : printable(text.substring(0, CUT)) + "…";
    }

    /** A text as a name: all of it, or where it is longer than any topic's its beginning and a mark of the rest. */
    static String whole(String text) {
        return text.length() <= WHOLE ? printable(text) : cut(text) + Integer.toHexString(text.hashCode());
    }

    /** A path, which others may have made as long as they like. */
    static String path(String path) {
        return path.length() <= PATH ? printable(path) : printable(path.substring(0, PATH)) + "…";
    }

    private static String printable(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (isPrintable(point)) {
                printable.appendCodePoint(point);
            } else {
                printable.append(String.format("\\u%04x", point));
            }
        });
        return printable.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
