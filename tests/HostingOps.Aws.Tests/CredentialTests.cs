using Amazon.Route53.Model;
using HostingOps.Aws.Tests.Stub;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests;

/// <summary>Where credentials come from, seen from the signature of the request that arrives.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class CredentialTests : IDisposable
{
    private const string Secret = "a-very-secret-key";

    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Fact]
    public async Task The_environments_keys_are_used_before_the_default_profile()
    {
        environment.Credentials($"[default]\naws_access_key_id = FROMFILE\naws_secret_access_key = {Secret}\n");
        environment.Set("AWS_ACCESS_KEY_ID", "FROMENV");
        environment.Set("AWS_SECRET_ACCESS_KEY", Secret);
        environment.Set("AWS_SESSION_TOKEN", "the-token");

        var request = await FirstCall.SignedAsync(new AwsSettings());

        Assert.Contains("Credential=FROMENV/", request.Authorization);
        Assert.Equal("the-token", request.Headers["x-amz-security-token"]);
    }

    [Fact]
    public async Task A_named_profile_is_used_before_the_environments_keys()
    {
        environment.Credentials($"[agency]\naws_access_key_id = AGENCY\naws_secret_access_key = {Secret}\n");
        environment.Set("AWS_ACCESS_KEY_ID", "FROMENV");
        environment.Set("AWS_SECRET_ACCESS_KEY", Secret);

        Assert.Contains("Credential=AGENCY/", (await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" })).Authorization);
    }

    [Fact]
    public async Task AWS_PROFILE_chooses_the_profile_and_its_region_the_partition()
    {
        environment.Config($"[profile china]\nregion = cn-north-1\naws_access_key_id = CHINA\naws_secret_access_key = {Secret}\n");
        environment.Set("AWS_PROFILE", "china");

        Assert.Matches("Credential=CHINA/[0-9]+/cn-northwest-1/route53/", (await FirstCall.SignedAsync(new AwsSettings())).Authorization);
    }

    [Fact]
    public async Task The_default_profile_is_used_when_nothing_else_is_there()
    {
        environment.Credentials($"[default]\naws_access_key_id = DEFAULT\naws_secret_access_key = {Secret}\n");

        Assert.Contains("Credential=DEFAULT/", (await FirstCall.SignedAsync(new AwsSettings())).Authorization);
    }

    [Fact]
    public async Task On_loopback_placeholders_stand_in_for_no_credentials_at_all() =>
        Assert.Contains("Credential=sandbox/", (await FirstCall.SignedAsync(new AwsSettings())).Authorization);

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_ROUTE_53")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task The_environment_may_name_the_endpoint(string variable)
    {
        await using var server = new StubServer(StubAnswer.Xml(FirstCall.Listing));
        environment.Set(variable, server.Url);
        environment.Set("AWS_ACCESS_KEY_ID", "FROMENV");
        environment.Set("AWS_SECRET_ACCESS_KEY", Secret);
        using var connection = new AwsConnection(new AwsSettings { Region = "eu-west-1" });

        await connection.Route53.ListHostedZonesAsync();

        Assert.Matches("Credential=FROMENV/[0-9]+/us-east-1/route53/", server.Only.Authorization);
    }

    [Fact]
    public async Task A_role_is_assumed_through_a_chain_of_profiles()
    {
        await using var sts = Sts();
        environment.Set("AWS_ENDPOINT_URL_STS", sts.Url);
        environment.Credentials($"[base]\naws_access_key_id = BASE\naws_secret_access_key = {Secret}\n");
        environment.Config(
            "[profile middle]\nrole_arn = arn:aws:iam::1:role/middle\nsource_profile = base\nregion = eu-west-1\n"
            + "[profile agency]\nrole_arn = arn:aws:iam::2:role/agency\nsource_profile = middle\nexternal_id = ext\nrole_session_name = me\nregion = eu-west-1\n");

        var request = await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" });

        Assert.Contains("Credential=KEYagency/", request.Authorization);
        Assert.Equal("TOKENagency", request.Headers["x-amz-security-token"]);
        Assert.Equal(["arn:aws:iam::1:role/middle", "arn:aws:iam::2:role/agency"], sts.Requests.Select(static r => r.Form["RoleArn"]));
        Assert.Contains("Credential=BASE/", sts.Requests[0].Authorization);
        Assert.Contains("Credential=KEYmiddle/", sts.Requests[1].Authorization);
        Assert.Equal(("HostingOps", "me", "ext"), (sts.Requests[0].Form["RoleSessionName"], sts.Requests[1].Form["RoleSessionName"], sts.Requests[1].Form["ExternalId"]));
    }

    [Fact]
    public async Task A_role_is_assumed_once_for_many_calls()
    {
        await using var sts = Sts();
        await using var server = new StubServer(StubAnswer.Xml(FirstCall.Listing));
        environment.Set("AWS_ENDPOINT_URL_STS", sts.Url);
        environment.Set("AWS_ACCESS_KEY_ID", "FROMENV");
        environment.Set("AWS_SECRET_ACCESS_KEY", Secret);
        environment.Config("[profile agency]\nrole_arn = arn:aws:iam::2:role/agency\ncredential_source = Environment\n");
        using var connection = new AwsConnection(new AwsSettings { Profile = "agency", EndpointUrl = server.Url });

        for (var i = 0; i < 5; i++)
        {
            await connection.Route53.ListHostedZonesAsync();
        }

        Assert.Contains("Credential=FROMENV/", sts.Only.Authorization);
    }

    [Fact]
    public async Task A_web_identity_token_is_exchanged_for_a_roles_session()
    {
        await using var sts = Sts();
        environment.Set("AWS_ENDPOINT_URL_STS", sts.Url);
        environment.Set("AWS_ROLE_ARN", "arn:aws:iam::3:role/ci");
        environment.Set("AWS_WEB_IDENTITY_TOKEN_FILE", Path.Combine(environment.Folder, "token"));
        await File.WriteAllTextAsync(Path.Combine(environment.Folder, "token"), "the-oidc-token");

        var request = await FirstCall.SignedAsync(new AwsSettings());

        Assert.Contains("Credential=KEYci/", request.Authorization);
        Assert.Equal(("AssumeRoleWithWebIdentity", "the-oidc-token"), (sts.Only.Form["Action"], sts.Only.Form["WebIdentityToken"]));
        Assert.DoesNotContain("Authorization", sts.Only.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public async Task A_credential_process_is_run()
    {
        Skip.If(OperatingSystem.IsWindows(), "The process is a shell's echo.");
        var answer = Path.Combine(environment.Folder, "answer.json");
        await File.WriteAllTextAsync(answer, """{"Version":1,"AccessKeyId":"PROCESS","SecretAccessKey":"s","SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}""");
        environment.Config($"[profile agency]\ncredential_process = cat {answer}\n");

        Assert.Contains("Credential=PROCESS/", (await FirstCall.SignedAsync(new AwsSettings { Profile = "agency" })).Authorization);
    }

    [Fact]
    public async Task No_credentials_at_all_is_told_with_what_to_do()
    {
        var error = await FirstCall.FailAsync(new AwsSettings { EndpointUrl = "http://route53.no-such-name.invalid" });

        Assert.Equal((ErrorIds.AwsCredentialsMissing, HostingErrorCategory.AuthenticationError), (error.ErrorId, error.Category));
        Assert.Contains("aws sso login", error.RecommendedAction);
    }

    [Fact]
    public async Task An_unknown_profile_is_told_with_those_there_are()
    {
        environment.Credentials($"[one]\naws_access_key_id = A\naws_secret_access_key = {Secret}\n[two]\naws_access_key_id = A\naws_secret_access_key = {Secret}\n");

        var error = await FirstCall.FailAsync(new AwsSettings { Profile = "three" });

        Assert.Equal((ErrorIds.AwsProfileNotFound, HostingErrorCategory.ObjectNotFound), (error.ErrorId, error.Category));
        Assert.Equal("three", error.Target);
        Assert.Contains("one, two", error.Message);
        Assert.DoesNotContain(Secret, error.ToString());
    }

    [Theory]
    [InlineData("role_arn = arn:aws:iam::1:role/a\nsource_profile = agency\n", "leads back to itself")]
    [InlineData("role_arn = arn:aws:iam::1:role/a\n", "without a source_profile")]
    [InlineData("role_arn = arn:aws:iam::1:role/a\nsource_profile = b\nmfa_serial = arn:aws:iam::1:mfa/x\n", "MFA")]
    [InlineData("role_arn = arn:aws:iam::1:role/a\ncredential_source = Elsewhere\n", "Elsewhere")]
    [InlineData("output = json\n", "no credentials")]
    [InlineData("credential_process = /no/such/program\n", "profile 'agency'")]
    public async Task A_profile_that_cannot_work_says_why(string profile, string reason)
    {
        environment.Config($"[profile agency]\n{profile}");

        var error = await FirstCall.FailAsync(new AwsSettings { Profile = "agency" });

        Assert.Equal(ErrorIds.AwsCredentialsInvalid, error.ErrorId);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public async Task A_source_profile_that_is_not_there_is_named()
    {
        environment.Config("[profile agency]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = gone\n");

        var error = await FirstCall.FailAsync(new AwsSettings { Profile = "agency" });

        Assert.Equal((ErrorIds.AwsProfileNotFound, "gone"), (error.ErrorId, error.Target));
    }

    [Fact]
    public async Task A_role_that_may_not_be_assumed_says_which_and_what_to_allow()
    {
        await using var sts = new StubServer(new StubAnswer(403,
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/u is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/agency</Message></Error><RequestId>r</RequestId></ErrorResponse>"));
        environment.Set("AWS_ENDPOINT_URL_STS", sts.Url);
        environment.Credentials($"[base]\naws_access_key_id = BASE\naws_secret_access_key = {Secret}\n");
        environment.Config("[profile agency]\nrole_arn = arn:aws:iam::2:role/agency\nsource_profile = base\nregion = eu-west-1\n");

        var error = await FirstCall.FailAsync(new AwsSettings { Profile = "agency" });

        Assert.Equal(ErrorIds.AwsAccessDenied, error.ErrorId);
        Assert.Equal("role arn:aws:iam::2:role/agency", error.Target);
        Assert.Contains("sts:AssumeRole", error.RecommendedAction);
        Assert.DoesNotContain(Secret, error.ToString());
    }

    [Fact]
    public async Task Signing_in_after_a_failure_is_enough()
    {
        await using var server = new StubServer(StubAnswer.Xml(FirstCall.Listing));
        environment.Config("[profile agency]\nrole_arn = arn:aws:iam::1:role/a\ncredential_source = Environment\n");
        await using var sts = Sts();
        environment.Set("AWS_ENDPOINT_URL_STS", sts.Url);
        using var connection = new AwsConnection(new AwsSettings { Profile = "agency", EndpointUrl = server.Url });
        await Assert.ThrowsAsync<HostingException>(() => connection.Route53.ListHostedZonesAsync());

        environment.Set("AWS_ACCESS_KEY_ID", "FROMENV");
        environment.Set("AWS_SECRET_ACCESS_KEY", Secret);

        await connection.Route53.ListHostedZonesAsync();
        Assert.Single(server.Requests);
    }

    // Answers with keys that name the role, so that a chain shows.
    internal static StubServer Sts() => new((request, _) =>
    {
        var role = request.Form["RoleArn"].Split('/')[^1];
        var action = request.Form["Action"];
        return StubAnswer.Xml(
            $"<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials><AccessKeyId>KEY{role}</AccessKeyId><SecretAccessKey>SECRET{role}</SecretAccessKey><SessionToken>TOKEN{role}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>");
    });
}
