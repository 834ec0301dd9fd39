package org.reassign.core.decide;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reassign.core.Transcripts;

/** The worked cases of the protocol: what becomes of one partition. */
class TranscriptTest {
    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        return Transcripts.of("", 16, () -> new Story()::play);
    }
}
