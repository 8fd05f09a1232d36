using System.Runtime.CompilerServices;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Apex.Redirects;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Asks a redirector, by its address, for redirects: each has one answer, over http or over http and https.</summary>
internal sealed class RecoveryRedirectCheck(
    HostingInventory inventory, Func<ApexRedirectTable> table, ApexRedirectTester tester, ApexRecoveryOptions options)
{
    /// <summary>Asks for each; the answers come as they are made, in no order.</summary>
    /// <param name="redirects">What is asked for.</param>
    /// <param name="address">The address asked.</param>
    /// <param name="instanceId">The instance that must answer.</param>
    /// <param name="mustName">Whether its answers must name it: it is known to do so.</param>
    /// <param name="https">Whether https is asked too.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async IAsyncEnumerable<ApexRedirectAnswer> CheckAsync(
        IReadOnlyList<ApexRedirect> redirects,
        string address,
        string instanceId,
        bool mustName,
        bool https,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var byHost = redirects.ToDictionary(static redirect => redirect.Host, StringComparer.Ordinal);
        var tests = tester.TestAsync(
            inventory.Sites,
            table(),
            new ApexRedirectTestOptions
            {
                Address = address,
                ConnectTo = options.ConnectTo,
                Hosts = byHost.Keys.ToHashSet(StringComparer.Ordinal),
                InstanceId = instanceId,
                MustNameInstance = mustName,
                Https = https,
                CheckDns = false,
                ThrottleLimit = options.ThrottleLimit,
                Timeout = options.QuestionTimeout,
                Targets = [ApexRedirectTestOptions.UnusualTarget],
                ParentActivity = RecoveryRunner.Activity,
            },
            cancellationToken);
        var half = new Dictionary<string, ApexRedirectTest>(StringComparer.Ordinal);
        await foreach (var test in tests.ConfigureAwait(false))
        {
            if (!https)
            {
                yield return Answer(byHost[test.Host], [test]);
            }
            else if (half.Remove(test.Host, out var other))
            {
                yield return Answer(byHost[test.Host], [test, other]);
            }
            else
            {
                half.Add(test.Host, test);
            }
        }
    }

    private static ApexRedirectAnswer Answer(ApexRedirect redirect, IReadOnlyList<ApexRedirectTest> tests)
    {
        var wrong = tests.Where(static test => !IsRight(test)).OrderBy(static test => test.Scheme, StringComparer.Ordinal).ToList();
        return wrong.Count == 0
            ? new(redirect, true, false, "")
            : new(redirect, false, wrong[0].Scheme == "https", $"{wrong[0].Scheme}://{redirect.Host}: {wrong[0].Findings[0].Message.TrimEnd('.')}");
    }

    // What is only worth a warning elsewhere is wrong in what was made a minute ago; but how long a certificate lasts is no matter here.
    private static bool IsRight(ApexRedirectTest test) =>
        test.Findings.All(static finding => finding.Outcome == ApexRedirectOutcome.Warning && IsOfCertificate(finding.Code));

    private static bool IsOfCertificate(ApexRedirectFindingCode code) => code
        is ApexRedirectFindingCode.CertificateExpiring or ApexRedirectFindingCode.CertificateOutOfDate
        or ApexRedirectFindingCode.CertificateOtherName or ApexRedirectFindingCode.CertificateUntrusted;
}
