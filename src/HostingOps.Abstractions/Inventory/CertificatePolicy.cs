namespace HostingOps;

/// <summary>What a certificate that browsers would refuse (expired, wrong name, untrusted chain) means for a site's status.</summary>
public enum CertificatePolicy : long
{
    /// <summary>The site is Down: its visitors cannot use it.</summary>
    Enforce,

    /// <summary>The site is Degraded.</summary>
    Report,

    /// <summary>The certificate's dates are reported, and nothing follows from them.</summary>
    Ignore,
}
