namespace HostingOps.Sandbox.Route53;

/// <summary>A batch of changes as read from a request.</summary>
/// <param name="Comment">The comment, or null.</param>
/// <param name="Changes">One change or more.</param>
internal sealed record ChangeBatch(string? Comment, IReadOnlyList<RecordChange> Changes)
{
    /// <summary>ResourceRecord elements as the limits count them: twice for an UPSERT.</summary>
    public int RecordCount => Changes.Sum(change => change.RecordSet.Values.Count * Weight(change));

    /// <summary>Characters of all Value elements as the limits count them: twice for an UPSERT.</summary>
    public int CharacterCount => Changes.Sum(change => change.RecordSet.Values.Sum(value => value.Length) * Weight(change));

    private static int Weight(RecordChange change) => change.Action == "UPSERT" ? 2 : 1;
}
