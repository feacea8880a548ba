/** The archive: thumbnails of every radiograph. */

const ArchivePage = () => <h1>Archive</h1>;

export default ArchivePage;
