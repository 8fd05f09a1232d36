using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Engine.Health;

/// <summary>Reads a server's certificate in the validation callback, so that its dates are known even when its chain is bad.</summary>
internal static class CertificateInspection
{
    private const int NamesShown = 3;

    /// <summary>The rules for building the chain.</summary>
    /// <param name="roots">Roots to trust instead of the system's, or null.</param>
    /// <param name="now">The time at which the certificates must be valid.</param>
    public static X509ChainPolicy ChainPolicy(X509Certificate2Collection? roots, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            // Revocation would ask the certificate's issuer, once per probe, over the same network that may be broken:
            // an issuer that does not answer would make a live site look down. Browsers, too, mostly go on without.
            RevocationMode = X509RevocationMode.NoCheck,

            // A missing intermediate certificate is the server's fault and a finding; fetching it would hide that.
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
            VerificationTimeIgnored = false,
        };
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    /// <summary>Says what is wrong with the certificate, if anything.</summary>
    public static CertificateReport Inspect(
        X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, string serverName, DateTimeOffset now)
    {
        if (certificate is not X509Certificate2 leaf)
        {
            return new CertificateReport(null, "the server sent no certificate");
        }

        var notBefore = new DateTimeOffset(leaf.NotBefore.ToUniversalTime(), TimeSpan.Zero);
        var notAfter = new DateTimeOffset(leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        if (errors == SslPolicyErrors.None && now >= notBefore && now <= notAfter)
        {
            return new CertificateReport(notAfter, null);
        }

        var problems = new List<string>();
        var outOfDate = now > notAfter || now < notBefore;
        if (now > notAfter)
        {
            problems.Add($"the certificate expired on {Date(notAfter)}");
        }
        else if (now < notBefore)
        {
            problems.Add($"the certificate is not valid before {Date(notBefore)}");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            problems.Add($"the certificate is for {Names(leaf)}, not for {serverName}");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            AddChainProblem(problems, chain, leaf, outOfDate);
        }

        return new CertificateReport(notAfter, problems.Count == 0 ? null : string.Join("; ", problems))
        {
            IsOutOfDate = outOfDate,
            IsForOtherName = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
        };
    }

    private static void AddChainProblem(List<string> problems, X509Chain? chain, X509Certificate2 leaf, bool leafOutOfDate)
    {
        var flags = X509ChainStatusFlags.NoError;
        foreach (var status in chain?.ChainStatus ?? [])
        {
            flags |= status.Status;
        }

        if (flags.HasFlag(X509ChainStatusFlags.PartialChain))
        {
            problems.Add(
                $"the certificate's chain is not complete: its issuer '{CommonName(leaf.IssuerName)}' is neither trusted here nor sent by the server");
        }
        else if (flags.HasFlag(X509ChainStatusFlags.UntrustedRoot))
        {
            problems.Add(leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData)
                ? "the certificate is self-signed and not trusted"
                : $"the certificate's issuer '{CommonName(leaf.IssuerName)}' is not trusted");
        }

        flags &= ~(X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot);
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            flags &= ~X509ChainStatusFlags.NotTimeValid;
            if (!leafOutOfDate)
            {
                problems.Add("a certificate in the chain is out of date");
            }
        }

        if (flags != X509ChainStatusFlags.NoError)
        {
            problems.Add($"the certificate's chain is not valid ({flags})");
        }
    }

    private static string Names(X509Certificate2 leaf)
    {
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames())
            .ToList();
        if (names.Count == 0)
        {
            names.Add(CommonName(leaf.SubjectName));
        }

        var shown = string.Join(", ", names.Take(NamesShown));
        return names.Count > NamesShown
            ? string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - NamesShown} more")
            : shown;
    }

    private static string CommonName(X500DistinguishedName name)
    {
        var common = name.EnumerateRelativeDistinguishedNames()
            .FirstOrDefault(part => !part.HasMultipleElements && part.GetSingleElementType().Value == "2.5.4.3");
        return common?.GetSingleElementValue() ?? name.Name;
    }

    private static string Date(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
