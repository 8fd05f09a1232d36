# The shape of every cmdlet: what PowerShell's own guidelines ask, and what makes them one family.
BeforeDiscovery {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    $cmdlets = Get-Command -Module HostingOps | ForEach-Object { @{ Command = $_.Name } }
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $sample = Join-Path $modulePath 'samples/hosting.yml'

    function Get-OwnParameter($Set) {
        $Set.Parameters | Where-Object { $_.Name -notin $common }
    }

    # Which set a line resolves to, by the binder itself, without running anything.
    function Resolve-Set([string] $Line) {
        $ast = [System.Management.Automation.Language.Parser]::ParseInput($Line, [ref]$null, [ref]$null)
        $command = $ast.Find({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        $bound = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($command, $true)
        [pscustomobject]@{
            Errors = @($bound.BindingExceptions.Values | ForEach-Object { $_.BindingException.ErrorId })
            Bound = @($bound.BoundParameters.Keys)
        }
    }
}

Describe 'The shape of <Command>' -ForEach $cmdlets {
    BeforeAll {
        $cmdlet = Get-Command $Command
        $own = $cmdlet.Parameters.Values | Where-Object { $_.Name -notin $common }
    }

    It 'is an approved verb and a singular noun' {
        (Get-Verb $cmdlet.Verb).Verb | Should -Be $cmdlet.Verb
        # The S of DNS is for system, and a status is one.
        $cmdlet.Noun -creplace '(Dns|Status)$' | Should -Not -Match '(?<!s)s$'
    }

    It 'has few parameter sets, each but the default one with a mandatory parameter of its own' {
        $cmdlet.ParameterSets.Count | Should -BeLessOrEqual 2
        if ($cmdlet.ParameterSets.Count -gt 1) {
            foreach ($set in $cmdlet.ParameterSets | Where-Object { -not $_.IsDefault }) {
                $others = ($cmdlet.ParameterSets | Where-Object Name -NE $set.Name).Parameters.Name
                @(Get-OwnParameter $set | Where-Object { $_.IsMandatory -and $_.Name -notin $others }).Count | Should -BeGreaterOrEqual 1 -Because $set.Name
            }
        }
    }

    It 'has positions from 0 on without a gap, at most two' {
        foreach ($set in $cmdlet.ParameterSets) {
            $positions = @(Get-OwnParameter $set | Where-Object Position -GE 0 | ForEach-Object Position | Sort-Object)
            $positions.Count | Should -BeLessOrEqual 2 -Because $set.Name
            $positions | Should -Be @(0..9 | Select-Object -First $positions.Count) -Because $set.Name
        }
    }

    It 'takes at most one thing of the pipeline by value, per set' {
        # A plan is carried out as it is; whatever else is piped in names sites.
        $most = $Command -eq 'Invoke-SiteFailover' ? 2 : 1
        foreach ($set in $cmdlet.ParameterSets) {
            @(Get-OwnParameter $set | Where-Object ValueFromPipeline).Count | Should -BeLessOrEqual $most -Because $set.Name
        }
    }

    It 'has parameters in PascalCase, no switch that is on by itself, none mandatory in no set' {
        foreach ($parameter in $own) {
            $parameter.Name | Should -MatchExactly '^[A-Z][a-z]+([A-Z][a-z]+)*$'
            if ($parameter.SwitchParameter) {
                $parameter.Attributes.Where({ $_ -is [Parameter] -and $_.Mandatory }) | Should -BeNullOrEmpty
            }
        }
    }

    It 'takes sites as all of them do' {
        $name = $cmdlet.Parameters['Name']
        if ($name) {
            $name.ParameterType | Should -Be ([string[]])
            $name.Aliases | Should -Be 'SiteName', 'Site'
            $name.Attributes.Where({ $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }) | Should -HaveCount 1
            $name.Attributes.Where({ $_ -is [ArgumentCompleter] }).Type | Should -Be ([HostingOps.Cmdlets.Completion.SiteNameCompleter])
            $of = $name.Attributes.Where({ $_ -is [Parameter] })
            $of.Position | Should -Be 0
            $of.ValueFromPipeline | Should -BeTrue
            $of.ValueFromPipelineByPropertyName | Should -BeTrue
        }
    }

    It 'completes hosts and operations' {
        foreach ($parameter in $own | Where-Object Name -In 'To', 'HostName', 'KillHost') {
            $parameter.Attributes.Where({ $_ -is [ArgumentCompleter] }).Type | Should -Be ([HostingOps.Cmdlets.Completion.HostNameCompleter])
        }

        foreach ($parameter in $own | Where-Object Name -EQ 'OperationId') {
            $journal = $Command -in 'Restore-ApexRedirector', 'Get-ApexHistory' ? [HostingOps.Cmdlets.Completion.ApexOperationIdCompleter] : [HostingOps.Cmdlets.Completion.OperationIdCompleter]
            $parameter.Attributes.Where({ $_ -is [ArgumentCompleter] }).Type | Should -Be $journal
            $parameter.Attributes.Where({ $_ -is [Parameter] }).ValueFromPipelineByPropertyName | Should -BeTrue
        }
    }

    It 'takes the inventory by -InventoryPath, from the pipeline too' {
        if ($Command -notin 'Stop-HostingSandbox', 'Unregister-SiteWatch') {
            $cmdlet.Parameters['InventoryPath'].Attributes.Where({ $_ -is [Parameter] }).ValueFromPipelineByPropertyName | Should -Not -Contain $false
        }
    }

    It 'takes AWS''s three parameters together or not at all' {
        $aws = 'ProfileName', 'Region', 'EndpointUrl' | Where-Object { $cmdlet.Parameters.ContainsKey($_) }
        $aws.Count | Should -BeIn 0, 3
        $reachesAws = $Command -in 'Test-SiteHealth', 'Get-SiteDnsTarget', 'Set-SiteDnsTarget', 'Get-SiteFailoverPlan', 'Invoke-SiteFailover', 'Resume-SiteFailover', 'Undo-SiteFailover', 'New-HostingInventory', 'Get-ElasticIp', 'Move-ElasticIp', 'Restore-ApexRedirector', 'Export-HostedZone', 'Import-HostedZone', 'Sync-SiteDns', 'Update-DynamicDns', 'Start-SiteWatch'
        [bool] $aws | Should -Be $reachesAws
        foreach ($name in $aws) {
            $cmdlet.Parameters[$name].ParameterType | Should -Be ([string])
            $cmdlet.Parameters[$name].ParameterSets.Values.Position | Should -BeLessThan 0
        }
    }

    It 'says what it gives, and gives it in a type of its own' {
        $cmdlet.OutputType.Type | Should -Not -BeNullOrEmpty
        foreach ($type in $cmdlet.OutputType.Type) { $type.FullName | Should -Match '^(HostingOps\.\w+|System\.Boolean|System\.IO\.FileInfo)$' }
    }

    It 'asks at High impact exactly when it moves traffic' {
        $impact = $cmdlet.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact
        $moves = $Command -in 'Invoke-SiteFailover', 'Undo-SiteFailover', 'Resume-SiteFailover', 'Set-SiteDnsTarget', 'Move-ElasticIp', 'Restore-ApexRedirector', 'Publish-ApexRedirectConfig', 'Import-HostedZone', 'Sync-SiteDns'
        "$impact" | Should -Be ($moves ? 'High' : $cmdlet.Parameters.ContainsKey('WhatIf') ? 'Medium' : 'None')
        if ($moves) { $cmdlet.Parameters.ContainsKey('Force') | Should -BeTrue }
    }

    It 'can be silent only where -PassThru ends it' {
        if ($cmdlet.Verb -in 'Enable', 'Disable', 'Stop') { $cmdlet.Parameters['PassThru'].SwitchParameter | Should -BeTrue }
        else { $cmdlet.Parameters.ContainsKey('PassThru') | Should -BeFalse }
    }
}

Describe 'A line of every documented syntax' {
    It 'binds: <Line>' -ForEach @(
        @{ Line = 'Get-HostedSite' }
        @{ Line = 'Get-HostedSite acme, clinic -InventoryPath x.yml' }
        @{ Line = 'Test-HostingInventory x.yml -Quiet' }
        @{ Line = 'New-HostingInventory x.yml sites.example.net -Force -ProfileName agency' }
        @{ Line = 'Test-SiteHealth acme -Target All -ThrottleLimit 8' }
        @{ Line = 'Test-ApexRedirect acme -Address 198.51.100.9 -Scheme http -SkipDns -ThrottleLimit 8 -TimeoutSec 5' }
        @{ Line = 'Test-SiteDns acme -Resolver 1.1.1.1, dns.example:5353 -CertificateAuthority letsencrypt.org -AsMessage -ThrottleLimit 8 -TimeoutSec 5' }
        @{ Line = 'Get-SiteMirror acme -All' }
        @{ Line = 'Test-SiteMirror acme -SampleCount 100 -ThrottleLimit 4' }
        @{ Line = 'Save-SiteMirror acme -ThrottleLimit 2 -AcceptLoss -WhatIf' }
        @{ Line = 'Get-SiteDnsTarget acme -Region eu-west-1 -EndpointUrl http://x' }
        @{ Line = 'Publish-ApexRedirectConfig admin@198.51.100.99 -Path /etc/x.conf -VerifyAddress 198.51.100.99 -Force' }
        @{ Line = 'Set-SiteDnsTarget acme li-1 -Force' }
        @{ Line = 'Set-SiteDnsTarget acme -Role Primary -WhatIf' }
        @{ Line = 'Get-SiteFailoverPlan acme -Planned -To li-1 -Override Cooldown -Reason x' }
        @{ Line = 'Invoke-SiteFailover acme -Planned -To li-1 -Override Cooldown -Reason x -Force -Confirm' }
        @{ Line = 'Invoke-SiteFailover -Plan $plan -Force -WhatIf' }
        @{ Line = 'Resume-SiteFailover acme -OperationId 01 -Force' }
        @{ Line = 'Restore-ApexRedirector -Planned -TerminateOld -AvailabilityZone eu-west-1b -SubnetId subnet-1 -ThrottleLimit 8 -WhatIf' }
        @{ Line = 'Restore-ApexRedirector -Resume -OperationId 01 -ServeTimeoutSec 60 -Force' }
        @{ Line = 'Undo-SiteFailover acme -OperationId 01 -Override Cooldown -Reason x' }
        @{ Line = 'Get-SiteFailoverHistory acme -OperationId 01 -Since 2026-01-01 -First 5 -ResumableOnly' }
        @{ Line = 'Disable-SiteFailover acme Migration -Duration 1:00:00 -PassThru' }
        @{ Line = 'Enable-SiteFailover acme -PassThru' }
        @{ Line = 'Start-HostingSandbox -InventoryPath x.yml' }
        @{ Line = 'Stop-HostingSandbox $sandbox -PassThru' }
        @{ Line = 'Invoke-FailoverDrill do-1 -InventoryPath x.yml' }
        @{ Line = 'New-ApexRedirectConfig acme -Path x.conf -Format Caddy -Force -SkipTest -WhatIf' }
        @{ Line = 'New-SiteMirrorConfig acme -HostName li-1 -Path x.conf -Format Caddy -Force -SkipTest -WhatIf' }
        @{ Line = 'Get-ApexHistory 01 -PublicIp 198.51.100.99 -Since 2026-01-01 -First 5 -ResumableOnly' }
        @{ Line = 'Get-ElasticIp 198.51.100.99 -Region eu-west-1' }
        @{ Line = 'Get-ElasticIp -AllocationId eipalloc-1' }
        @{ Line = 'Move-ElasticIp i-1 -PublicIp 198.51.100.99 -AllowReassociation $false -ProofTimeoutSec 5 -ConnectTo @{} -Force -WhatIf' }
        @{ Line = 'Sync-SiteDns acme -Prune -Adopt acme -Checksum 3f786850e387550fdab836ed7e6dc881 -Override ChangeCount, ChangePercent -Force -WhatIf' }
        @{ Line = 'Sync-SiteDns -Plan $plan -PlanOnly' }
        @{ Line = 'Sync-SiteDns -Undo 01 -Override ChangeCount -Force' }
        @{ Line = 'Invoke-FailoverDrill -Scenario Apex' }
        @{ Line = 'Export-HostedZone example.net x.zone -Format Yaml -Force -WhatIf' }
        @{ Line = 'Import-HostedZone x.zone -Zone example.net -Format Bind -Prune -IncludeRecord a*, b -IncludeApex SOA, NS -Rebase -Override ChangeCount -Checksum 57744c05668f1ba32dc8115470f7d217 -Force' }
        @{ Line = 'Import-HostedZone -Undo 01 -Zone example.net -PlanOnly' }
        @{ Line = 'Get-PublicIpAddress https://a.example, https://b.example -AddressFamily IPv4 -Quorum 2 -TimeoutSec 3 -AllowHttp' }
        @{ Line = 'Get-PublicIpAddress -History -Record office -First 5' }
        @{ Line = 'Start-SiteWatch -Once -ThrottleLimit 64' }
        @{ Line = 'Update-DynamicDns office -Override Settled, Floor -WhatIf' }
        @{ Line = 'Update-DynamicDns -Watch -IntervalSec 60 -VerifyTimeoutSec 10 -SyncTimeoutSec 60 -Confirm' }
        @{ Line = 'Send-HostingAlert slack, mail* -Message hello -WhatIf' }
        @{ Line = 'Send-HostingAlert -Id 1, 2 -Confirm' }
        @{ Line = 'Get-HostingAlert -Undelivered -First 5' }
        @{ Line = 'Get-HostingIncident -Open -First 5' }
        @{ Line = 'Register-SiteWatch Timer -Interval 0:05:00 -InventoryPath x.yml -StatePath x.db -User watch -Scope System -AgentPath x -EnvironmentFile x.env -TaskName x -WhatIf' }
        @{ Line = 'Unregister-SiteWatch x -Scope User -WhatIf' }
        @{ Line = 'Get-SiteWatchStatus acme -State Down, Suspect -Role Active, Standby' }
        @{ Line = 'Get-SiteWatchStatus -Summary' }
        @{ Line = 'Get-HostedSite -Site acme' }
        @{ Line = 'Get-SiteDnsTarget -AWSProfileName agency' }
        @{ Line = 'Get-SiteDnsTarget -Reg eu-west-1 -Prof agency -End http://x' }
    ) {
        (Resolve-Set $Line).Errors | Should -BeNullOrEmpty
    }

    It 'does not bind what contradicts itself: <Line>' -ForEach @(
        @{ Line = 'Set-SiteDnsTarget acme li-1 -Role Primary' }
        @{ Line = 'Import-HostedZone x.zone -Undo 01' }
        @{ Line = 'Get-HostedSite acme clinic' }
        @{ Line = 'Enable-SiteFailover acme -Force' }
    ) {
        (Resolve-Set $Line).Errors | Should -Not -BeNullOrEmpty
    }

    It 'is tried for every cmdlet' {
        $tried = [regex]::Matches((Get-Content $PSCommandPath -Raw), "Line = '(\w+-\w+)").ForEach({ $_.Groups[1].Value }) | Sort-Object -Unique
        (Get-Command -Module HostingOps).Name | Sort-Object | Should -Be $tried
    }
}
