namespace HostingOps;

/// <summary>What an address source's answer is worth.</summary>
public enum AddressAnswerOutcome : long
{
    /// <summary>It names the address that is believed.</summary>
    Agrees,

    /// <summary>It names an address, but nothing is believed: too few sources say so, or as many say otherwise.</summary>
    Undecided,

    /// <summary>It names another address than the one believed, or contradicts itself.</summary>
    Disagrees,

    /// <summary>It answered with something that can't be believed: a page, a redirect, a private address.</summary>
    Refused,

    /// <summary>It gave no answer: unreachable, too slow, an error.</summary>
    NoAnswer,
}
