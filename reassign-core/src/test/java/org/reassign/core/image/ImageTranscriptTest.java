package org.reassign.core.image;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reassign.core.Transcripts;

/** What it means that topics, states and brokers are found to be other than they were known. */
class ImageTranscriptTest {
    @TestFactory
    List<DynamicTest> transcripts() throws IOException {
        return Transcripts.of("image", 7, () -> new ImageStory()::play);
    }
}
