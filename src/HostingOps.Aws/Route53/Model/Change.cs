namespace Amazon.Route53.Model;

/// <summary>One change of a batch.</summary>
public sealed class Change
{
    /// <summary>Creates it empty.</summary>
    public Change()
    {
    }

    /// <summary>Creates it with the members that it cannot do without.</summary>
    public Change(ChangeAction action, ResourceRecordSet resourceRecordSet)
    {
        Action = action;
        ResourceRecordSet = resourceRecordSet;
    }

    /// <summary>What to do with the set.</summary>
    public ChangeAction Action { get; set; } = null!;

    /// <summary>The set.</summary>
    public ResourceRecordSet ResourceRecordSet { get; set; } = null!;
}
