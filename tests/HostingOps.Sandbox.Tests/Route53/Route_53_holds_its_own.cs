using System.Net;
using HostingOps.Sandbox.Api;
using HostingOps.Sandbox.Tests.World;
using static HostingOps.Sandbox.Tests.Route53.RawRoute53;

namespace HostingOps.Sandbox.Tests.Route53;

public sealed class Route_53_holds_its_own
{
    [Fact]
    public async Task Of_fifty_switchers_at_once_exactly_one_wins()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        for (var round = 0; round < 5; round++)
        {
            var (_, list) = await route53.ListAsync("?name=bakery.sites.example.net&type=A&maxitems=1");
            var seen = Text(list, "Value");
            var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => route53.ChangeAsync(
                Change("DELETE", "bakery.sites.example.net", "A", seen),
                Change("CREATE", "bakery.sites.example.net", "A", $"192.0.{round + 3}.{n}"))));
            Assert.Single(results, result => result.Status == HttpStatusCode.OK);
            Assert.All(
                results.Where(result => result.Status != HttpStatusCode.OK),
                result => Assert.Contains("do not match the current values", Text(result.Body, "Message")));
        }
    }

    [Fact]
    public async Task A_write_while_another_is_processed_is_PriorRequestNotComplete()
    {
        var options = QuickSandbox.Options with { Timings = QuickSandbox.Options.Timings with { Processing = TimeSpan.FromMilliseconds(400) } };
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create(), options);
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(n =>
            route53.ChangeAsync(Change("CREATE", $"n{n}.sites.example.net", "A", "192.0.2.1"))));
        Assert.Contains(results, result => result.Status == HttpStatusCode.OK);
        var refused = results.First(result => result.Status != HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("PriorRequestNotComplete", Text(refused.Body, "Code"));
        // PENDING is no reason to refuse: only a request still being processed is.
        Assert.Equal(HttpStatusCode.OK, (await route53.ChangeAsync(Change("CREATE", "later.sites.example.net", "A", "192.0.2.1"))).Status);
    }

    [Fact]
    public async Task Calls_beyond_the_bucket_are_throttled_with_HTTP_400()
    {
        var options = QuickSandbox.Options with
        {
            Throttling = new SandboxThrottling { Route53Action = new SandboxBucket(3, 0.001) },
        };
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create(), options);
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        for (var call = 0; call < 3; call++)
        {
            Assert.Equal(HttpStatusCode.OK, (await route53.ListAsync()).Status);
        }

        var (status, body) = await route53.ListAsync();
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Throttling", Text(body, "Code"));
        Assert.Equal("Rate exceeded", Text(body, "Message"));
        Assert.Equal(HttpStatusCode.OK, (await route53.ChangeAsync(Change("CREATE", "n.sites.example.net", "A", "192.0.2.1"))).Status);
        Assert.Equal(4, sandbox.ApiCalls["ListResourceRecordSets"]);
    }

    [Theory]
    [InlineData(SandboxApiFault.InternalError, HttpStatusCode.InternalServerError, "InternalFailure")]
    [InlineData(SandboxApiFault.Throttled, HttpStatusCode.BadRequest, "Throttling")]
    [InlineData(SandboxApiFault.AccessDenied, HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData(SandboxApiFault.ExpiredToken, HttpStatusCode.Forbidden, "ExpiredToken")]
    public async Task A_laid_error_comes_once_and_changes_nothing(SandboxApiFault fault, HttpStatusCode status, string code)
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        sandbox.Faults.FailNext("ChangeResourceRecordSets", fault);
        var create = Change("CREATE", "n.sites.example.net", "A", "192.0.2.1");
        var failed = await route53.ChangeAsync(create);
        Assert.Equal(status, failed.Status);
        Assert.Equal(code, Text(failed.Body, "Code"));
        Assert.Equal(HttpStatusCode.OK, (await route53.ChangeAsync(create)).Status);
    }

    [Fact]
    public async Task A_connection_lost_before_changes_nothing_and_a_lost_answer_does()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        var create = Change("CREATE", "n.sites.example.net", "A", "192.0.2.1");
        sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.ConnectionLostBefore);
        await Assert.ThrowsAsync<HttpRequestException>(() => route53.ChangeAsync(create));
        Assert.DoesNotContain("n.sites.example.net.", Texts((await route53.ListAsync()).Body, "Name"));

        sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.AnswerLost);
        await Assert.ThrowsAsync<HttpRequestException>(() => route53.ChangeAsync(create));
        Assert.Contains("n.sites.example.net.", Texts((await route53.ListAsync()).Body, "Name"));
    }

    [Fact]
    public async Task A_garbage_answer_is_200_and_no_XML_of_AWS_but_the_change_is_done()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.GarbageAnswer);
        await Assert.ThrowsAnyAsync<Exception>(() => route53.ChangeAsync(Change("CREATE", "n.sites.example.net", "A", "192.0.2.1")));
        Assert.Contains("n.sites.example.net.", Texts((await route53.ListAsync()).Body, "Name"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden, "MissingAuthenticationToken")]
    [InlineData("Credential=AKID/20260301/us-east-1/route53/aws4_request", HttpStatusCode.BadRequest, "IncompleteSignature")]
    [InlineData("eu-west-1", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("/ec2/", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    public async Task A_request_that_is_not_signed_as_AWS_asks_is_refused(string? signature, HttpStatusCode status, string code)
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        var header = signature switch
        {
            "eu-west-1" => Signature.Replace("us-east-1", signature),
            "/ec2/" => Signature.Replace("/route53/", signature),
            _ => signature,
        };
        var (seen, body) = await route53.SendAsync(HttpMethod.Get, "/2013-04-01/hostedzone", null, header);
        Assert.Equal(status, seen);
        Assert.Equal(code, Text(body, "Code"));
    }

    [Fact]
    public async Task Pages_continue_with_name_type_and_identifier_in_reversed_label_order()
    {
        await using var sandbox = await QuickSandbox.StartAsync();
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        await route53.ChangeAsync(
            [.. Enumerable.Range(0, 700).Select(n => Change("CREATE", $"n{n}.sites.example.net", "A", "192.0.2.1")),
            Change("CREATE", "*.sites.example.net", "A", "192.0.2.1"),
            Change("CREATE", "w.sites.example.net", "A", "192.0.2.1", 60, "<SetIdentifier>one</SetIdentifier><Weight>1</Weight>"),
            Change("CREATE", "w.sites.example.net", "A", "192.0.2.2", 60, "<SetIdentifier>two</SetIdentifier><Weight>0</Weight>")]);

        var names = new List<string>();
        var query = "";
        int pages;
        for (pages = 0; ; pages++)
        {
            var (_, body) = await route53.ListAsync(query);
            names.AddRange(Texts(body, "Name"));
            if (Text(body, "IsTruncated") != "true")
            {
                break;
            }

            query = $"?name={Uri.EscapeDataString(Text(body, "NextRecordName"))}&type={Text(body, "NextRecordType")}"
                + (Text(body, "NextRecordIdentifier") is { Length: > 0 } identifier ? "&identifier=" + identifier : "");
            Assert.Equal(300, Texts(body, "Name").Count);
        }

        Assert.Equal(2, pages);
        Assert.Equal(700 + 3 + 7, names.Count);
        Assert.Equal(names.OrderBy(name => string.Join('.', name.TrimEnd('.').Split('.').Reverse()) + ".", StringComparer.Ordinal), names);
        Assert.Contains("\\052.sites.example.net.", names);

        var (_, second) = await route53.ListAsync("?name=w.sites.example.net&type=A&identifier=two&maxitems=1");
        Assert.Equal("two", Text(second, "SetIdentifier"));
    }
}
