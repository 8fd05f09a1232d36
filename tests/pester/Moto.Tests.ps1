# The cmdlets against an AWS emulator that others wrote, read back with AWS's own command line. It judges the wire and the
# outcome; of compare-and-swap it knows too little.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $missing = 'aws', 'moto_server' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) }
    $required = $missing | Where-Object { $_ -in ($env:HOSTINGOPS_REQUIRE -split '[,; ]') }
    if ($required) { throw "HOSTINGOPS_REQUIRE names $required, and it is not on PATH." }

    $kept = @{}
    $environment = @{
        AWS_ACCESS_KEY_ID = 'testing'; AWS_SECRET_ACCESS_KEY = 'testing'; AWS_DEFAULT_REGION = 'us-east-1'; AWS_PAGER = ''
        AWS_PROFILE = $null; AWS_CONFIG_FILE = (Join-Path $TestDrive 'none'); AWS_SHARED_CREDENTIALS_FILE = (Join-Path $TestDrive 'none')
        HOSTINGOPS_STATE = (Join-Path $TestDrive 'state.db'); HOSTINGOPS_INVENTORY = $null; PYTHONUNBUFFERED = '1'
    }
    foreach ($name in $environment.Keys) {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $environment[$name] ?? [NullString]::Value)
    }

    # Its sites and its name server; the zone is moto's.
    $sandbox = New-Rehearsal
    if (-not $missing) {
        $log = Join-Path $TestDrive 'moto.log'
        $moto = Start-Process moto_server '-H', '127.0.0.1', '-p', '0' -PassThru -RedirectStandardError $log -RedirectStandardOutput "$log.out"
        $deadline = [datetime]::UtcNow.AddSeconds(60)
        while (-not ("$(Get-Content $log, "$log.out" -Raw -ErrorAction Ignore)" -match 'http://127\.0\.0\.1:\d+')) {
            if ([datetime]::UtcNow -gt $deadline -or $moto.HasExited) { throw "moto_server did not start: $(Get-Content $log -Raw)" }
            Start-Sleep -Milliseconds 100
        }
        $url = $Matches[0]
        $common = @{ InventoryPath = $sandbox.InventoryPath; EndpointUrl = $url }
        $zone = aws --endpoint-url $url route53 create-hosted-zone --name sites.example.net --caller-reference one --query HostedZone.Id --output text
        # UPSERT, for moto refuses to make a record again that it saw made by CREATE.
        $batch = @{ Changes = @(
                @{ acme = '203.0.113.10'; bakery = '198.51.100.7'; clinic = '203.0.113.10' }.GetEnumerator() | ForEach-Object {
                    @{ Action = 'UPSERT'; ResourceRecordSet = @{ Name = "$($_.Key).sites.example.net"; Type = 'A'; TTL = 60; ResourceRecords = @(@{ Value = $_.Value }) } }
                }) }
        $file = Join-Path $TestDrive 'batch.json'
        $batch | ConvertTo-Json -Depth 8 | Set-Content $file
        $null = aws --endpoint-url $url route53 change-resource-record-sets --hosted-zone-id $zone --change-batch "file://$file"
    }

    function Skip-IfMissing {
        if ($missing) { Set-ItResult -Skipped -Because "$($missing -join ' and ') is not on PATH" }
    }

    function Get-Record([string] $Site) {
        aws --endpoint-url $url route53 list-resource-record-sets --hosted-zone-id $zone --output text --query "ResourceRecordSets[?Name=='$Site.sites.example.net.' && Type=='A'].ResourceRecords[0].Value"
    }

    function Get-Zone {
        (aws --endpoint-url $url route53 list-resource-record-sets --hosted-zone-id $zone --output json) -join "`n"
    }
}

AfterAll {
    if ($moto -and -not $moto.HasExited) { Stop-Process -Id $moto.Id }
    $sandbox.Dispose()
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name] ?? [NullString]::Value) }
}

Describe 'Against an endpoint named by hand' {
    It 'where nobody is the error says so' {
        { Get-SiteDnsTarget -InventoryPath $sandbox.InventoryPath -EndpointUrl http://127.0.0.1:9 } | Should -Throw -ErrorId 'AwsEndpointUnreachable,*'
    }
}

Describe 'Against moto' {
    It 'Get-SiteDnsTarget reads what the AWS command line wrote' {
        Skip-IfMissing
        (Get-SiteDnsTarget @common | ForEach-Object { "$($_.SiteName) $($_.State) $($_.ActiveHost) $($_.Ttl)" }) |
            Should -Be 'acme Primary left 60', 'bakery Primary right 60', 'clinic Primary left 60'
    }

    It 'Get-SiteFailoverPlan and -WhatIf change nothing' {
        Skip-IfMissing
        $before = Get-Zone
        (Get-SiteFailoverPlan acme -Planned @common).Allowed | Should -BeTrue
        Invoke-SiteFailover acme -Planned -Force -WhatIf @common
        Set-SiteDnsTarget * -Role Secondary -Force -WhatIf @common
        Get-Zone | Should -BeExactly $before
    }

    It 'Set-SiteDnsTarget points a record' {
        Skip-IfMissing
        $null = Set-SiteDnsTarget clinic right -Force -InventoryPath $sandbox.InventoryPath
        $set = Set-SiteDnsTarget clinic right -Force @common
        $set.Changed | Should -BeTrue
        $set.Verified | Should -BeTrue
        $set.ChangeId | Should -Not -BeNullOrEmpty
        Get-Record clinic | Should -Be '198.51.100.7'
        Get-Record acme | Should -Be '203.0.113.10'
    }

    It 'Invoke-SiteFailover moves a site and Undo-SiteFailover takes it back' {
        Skip-IfMissing
        $null = Set-SiteDnsTarget acme right -Force -InventoryPath $sandbox.InventoryPath
        $moved = Get-SiteFailoverPlan acme -Planned @common | Invoke-SiteFailover -Force -EndpointUrl $url
        $moved.Outcome | Should -Be 'Succeeded' -Because $moved.Reason
        Get-Record acme | Should -Be '198.51.100.7'
        Get-Zone | Should -Match '_hostingops\.sites\.example\.net'

        $null = Set-SiteDnsTarget acme left -Force -InventoryPath $sandbox.InventoryPath
        $undone = $moved | Undo-SiteFailover -Force -EndpointUrl $url
        $undone.Outcome | Should -Be 'Succeeded' -Because $undone.Reason
        Get-Record acme | Should -Be '203.0.113.10'
    }

    It 'a healthy site is not failed over' {
        Skip-IfMissing
        $before = Get-Zone
        Invoke-SiteFailover acme -Force @common -ErrorAction SilentlyContinue -ErrorVariable refused | Out-Null
        $refused.FullyQualifiedErrorId | Should -BeLike 'FailoverRefused,*'
        Get-Zone | Should -BeExactly $before
    }

    It 'New-HostingInventory makes an inventory of its zone' {
        Skip-IfMissing
        $made = New-HostingInventory (Join-Path $TestDrive 'made.yml') -FromZone sites.example.net -EndpointUrl $url
        (Get-HostedSite -InventoryPath $made.FullName).Name | Sort-Object | Should -Be 'acme', 'bakery', 'clinic'
    }

    It 'a zone that it does not have is an error' {
        Skip-IfMissing
        $other = Join-Path $TestDrive 'other.yml'
        (Get-Content $sandbox.InventoryPath -Raw) -replace '(?m)^zone: .*$', 'zone: elsewhere.example' | Set-Content $other
        { Get-SiteDnsTarget -InventoryPath $other -EndpointUrl $url } | Should -Throw -ErrorId 'HostedZoneNotFound,*'
    }
}
