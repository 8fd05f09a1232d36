namespace HostingOps;

/// <summary>How a move of an Elastic IP ended.</summary>
public enum ElasticIpMoveOutcome : long
{
    /// <summary>Moved, and proven as far as <see cref="ElasticIpMoveResult.Proof"/> says.</summary>
    Moved,

    /// <summary>It was there already: nothing changed.</summary>
    AlreadyThere,

    /// <summary>Moved by EC2's word, but the address does not answer from the instance.</summary>
    MovedUnproven,

    /// <summary>A condition refused. Nothing changed.</summary>
    Refused,

    /// <summary>Somebody else has moved it since the plan. Nothing was changed by us, or it was moved on after us.</summary>
    Conflict,

    /// <summary>EC2 refused, or could not be asked. Nothing changed.</summary>
    Failed,

    /// <summary>The answer was lost, and reading again failed too. Running the command again finds out.</summary>
    Unknown,
}
