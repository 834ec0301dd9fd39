package org.reassign.simulation;

/** What is asked of every sentence about bad input. Plain, for it is asked some million times. */
final class Sentences {
    private static final int LONGEST = 1_000;

    private Sentences() {}

    /** One printable line of bounded length that names the thing, and behind a semicolon the mend. */
    static void require(String sentence, String thing) {
        boolean named = sentence.contains(thing);
        boolean mended = sentence.indexOf("; ") > 0 && sentence.indexOf("; ") < sentence.length() - 5;
        if (!named || !mended || sentence.length() > LONGEST || !isPrintable(sentence)) {
            throw new AssertionError("no printable sentence that names " + thing + " and a mend: " + sentence);
        }
    }

    /** Whether it is one line, without anything that a terminal might obey. */
    static boolean isPrintable(String text) {
        return text.codePoints().allMatch(point -> switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        });
    }
}
