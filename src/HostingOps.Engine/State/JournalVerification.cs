namespace HostingOps.Engine.State;

/// <summary>What checking the journal's hash chain found.</summary>
/// <param name="EntryCount">Entries that are there.</param>
/// <param name="FirstBrokenSequence">
/// The first entry that is missing, or that no longer says what it said when it was written: its own columns, or the
/// operation, plan or outcome that it covers. Null when all is well.
/// </param>
/// <param name="Problem">One sentence, or null when all is well.</param>
internal sealed record JournalVerification(long EntryCount, long? FirstBrokenSequence, string? Problem)
{
    /// <summary>Whether nothing was edited or removed, as far as the chain can tell.</summary>
    public bool Intact => FirstBrokenSequence is null;
}
