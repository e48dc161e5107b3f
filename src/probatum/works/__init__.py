"""Link: documents to works; links, never deletes."""
